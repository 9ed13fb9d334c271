import { countOf } from '../moments';
import { Check } from '../parts/choice';
import { useEditor } from './editor-context';

interface TrustedFederationsProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Federations (LDAP, Active Directory) whose addresses count as proven; nothing to see in a realm without any. */
export function TrustedFederations({ chosen, onChange }: TrustedFederationsProps) {
  const found = useEditor().survey.found?.federations ?? [];
  const lost = chosen.filter((id) => !found.some((row) => row.id === id)).map((id) => ({ id, people: 0 }));
  const rows = [...found, ...lost];
  if (rows.length === 0) return null;
  return (
    <section className="form-part">
      <h3>Trusted federations</h3>
      <p className="lead">
        Addresses from these user federations count as proven although Keycloak did not verify them. Choose one only
        when people cannot change their own address there. Keycloak tells only the id of a federation: it stands in the
        address of its page in the console.
      </p>
      {rows.map(({ id, people }) => (
        <Check
          key={id}
          label={`${id} (${countOf(people, 'person', 'people')})`}
          checked={chosen.includes(id)}
          onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
        />
      ))}
    </section>
  );
}
