/** Keycloak, the plan, Atlassian: the whole app in one line. */
export function FlowPicture() {
  return (
    <svg
      className="flow-picture"
      viewBox="0 0 400 112"
      role="img"
      aria-label="Keycloak is read, a plan is made, Atlassian is written"
    >
      <path className="flow-line" d="M118 52h34M248 52h34" />
      <path className="flow-tip" d="m146 45 8 7-8 7M276 45l8 7-8 7" />
      <g className="flow-source">
        <rect x="22" y="12" width="96" height="80" rx="10" />
        <circle cx="52" cy="42" r="8" />
        <path d="M38 68c0-10 6-16 14-16s14 6 14 16z" />
        <circle cx="88" cy="42" r="8" />
        <path d="M74 68c0-10 6-16 14-16s14 6 14 16z" />
      </g>
      <g className="flow-plan">
        <rect x="160" y="4" width="80" height="96" rx="10" />
        <path d="m174 28 4 4 7-8M174 52l4 4 7-8M174 76l4 4 7-8" />
        <path className="flow-text" d="M194 30h32M194 54h24M194 78h28" />
      </g>
      <g className="flow-directory">
        <rect x="290" y="12" width="88" height="80" rx="10" />
        <rect className="flow-tile" x="304" y="26" width="26" height="22" rx="4" />
        <rect className="flow-tile" x="338" y="26" width="26" height="22" rx="4" />
        <rect className="flow-tile" x="304" y="56" width="26" height="22" rx="4" />
        <rect className="flow-tile" x="338" y="56" width="26" height="22" rx="4" />
      </g>
      <text x="70" y="109">
        Keycloak
      </text>
      <text x="334" y="109">
        Atlassian
      </text>
    </svg>
  );
}
