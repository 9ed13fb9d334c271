import type { ReactNode } from 'react';
import { useState } from 'react';
import { countOf, formatCount } from '../moments';
import { Action } from '../parts/action';
import { Check } from '../parts/choice';
import { FieldError, TextField } from '../parts/field';
import { Message } from '../parts/message';
import { parseEmailDomain } from './email-domain';
import { useEditor } from './editor-context';
import { errorAt } from './settings-fields';

interface EmailDomainsProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly children: ReactNode;
}

/** The domains whose addresses may be invited and adopted: those found in the realm, and typed ones. */
export function EmailDomains({ chosen, onChange, children }: EmailDomainsProps) {
  const { survey, errors } = useEditor();
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState<string>();
  const error = errorAt(errors, 'users.emailDomains');
  const found = survey.found?.domains ?? [];
  const others = chosen.filter((domain) => !found.some((row) => row.domain === domain));
  const rows = [...found, ...others.map((domain) => ({ domain, people: 0, proven: 0 }))];
  const toggle = (domain: string, on: boolean) =>
    onChange(on ? [...chosen, domain] : chosen.filter((other) => other !== domain));
  const add = () => {
    const domain = parseEmailDomain(typed);
    if (domain === undefined) {
      setRefused('Enter a domain such as example.com.');
      return;
    }
    if (!chosen.includes(domain)) onChange([...chosen, domain]);
    setRefused(undefined);
    setTyped('');
  };
  return (
    <section className="form-part">
      <h3>E-mail domains</h3>
      <p className="lead">
        Only people with an address in a chosen domain are invited, and only their existing accounts are adopted. An
        address counts as proven when Keycloak verified it or a trusted federation holds it.
      </p>
      {children}
      {chosen.length === 0 && (
        <Message tone="warning" title="No domain is chosen">
          Nobody is invited or adopted until at least one domain is chosen.
        </Message>
      )}
      {rows.length > 0 && (
        <div className="table-frame domain-frame" tabIndex={0} role="region" aria-label="E-mail domains">
          <table className="table compact">
            <caption className="visually-hidden">E-mail domains with their people</caption>
            <thead>
              <tr>
                <th scope="col">Domain</th>
                <th scope="col" className="figure">
                  People
                </th>
                <th scope="col" className="figure">
                  Proven
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ domain, people, proven }) => (
                <tr key={domain}>
                  <td>
                    <Check label={domain} checked={chosen.includes(domain)} onChange={(on) => toggle(domain, on)} />
                  </td>
                  <td className="figure">{formatCount(people)}</td>
                  <td className="figure">
                    {formatCount(proven)}
                    {proven < people && (
                      <span className="visually-hidden">
                        {' '}
                        ({countOf(people - proven, 'address', 'addresses')} not proven)
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {error !== undefined && <FieldError message={error} />}
      <form
        className="add-row"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label="Another domain"
          placeholder="example.com"
          value={typed}
          error={refused}
          onChange={(text) => {
            setTyped(text);
            setRefused(undefined);
          }}
        />
        <Action submit>Add domain</Action>
      </form>
    </section>
  );
}
