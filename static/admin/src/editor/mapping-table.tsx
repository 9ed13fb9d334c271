const mapping = [
  { target: 'E-mail', source: 'email', rule: 'Trimmed and in lower case' },
  {
    target: 'Display name',
    source: 'firstName, lastName',
    rule: 'First and last name; the username where both are empty',
  },
  { target: 'Active', source: 'enabled', rule: 'A disabled user is deactivated, see below' },
] as const;

/** The standard attributes. They are fixed in this version. */
export function MappingTable() {
  return (
    <>
      <div className="table-frame" tabIndex={0} role="region" aria-label="Attribute mapping">
        <table className="table compact">
          <caption className="visually-hidden">Which Keycloak attribute fills which Atlassian attribute</caption>
          <thead>
            <tr>
              <th scope="col">Atlassian attribute</th>
              <th scope="col">Keycloak attribute</th>
              <th scope="col">How</th>
            </tr>
          </thead>
          <tbody>
            {mapping.map(({ target, source, rule }) => (
              <tr key={target}>
                <th scope="row">{target}</th>
                <td>
                  <code>{source}</code>
                </td>
                <td className="subtle">{rule}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="hint">The standard attributes are fixed in this version.</p>
    </>
  );
}
