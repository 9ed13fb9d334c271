import type { AdoptableGroup } from '../../../../src/domain/survey';
import { formatCount } from '../moments';

/** The members of a group that both sides know: on both sides in the middle, only here to the left, only there to the right. */
export function MemberBar({ group }: { group: AdoptableGroup }) {
  const parts = [
    { key: 'keycloak', label: 'Only in Keycloak', count: group.onlyInKeycloak },
    { key: 'both', label: 'Members on both sides', count: group.onBothSides },
    { key: 'atlassian', label: 'Only in Atlassian', count: group.onlyInAtlassian },
  ];
  return (
    <>
      <div className="member-bar" aria-hidden="true">
        {parts.map(
          ({ key, count }) => count > 0 && <span key={key} className={`member-${key}`} style={{ flexGrow: count }} />,
        )}
      </div>
      <dl className="member-counts">
        {parts.map(({ key, label, count }) => (
          <div key={key}>
            <dt>
              <span className={`member-dot member-${key}`} aria-hidden="true" />
              {label}
            </dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
