import Textfield from '@atlaskit/textfield';
import { useId } from 'react';
import { Field } from '../parts/field';
import { Message } from '../parts/message';
import { useEditor } from './editor-context';
import { warnOfName } from './mapping/notes';
import { errorAt } from './settings-fields';

interface RelinkFieldProps {
  readonly attribute: string | undefined;
  readonly onChange: (attribute: string | undefined) => void;
}

/** The Keycloak attribute that tells who came back: offered from the realm, or typed. */
export function RelinkField({ attribute, onChange }: RelinkFieldProps) {
  const { survey, errors } = useEditor();
  const surveyed = survey.found?.attributes;
  const listId = useId();
  const error = errorAt(errors, 'users.relinkAttribute');
  const name = attribute?.trim() ?? '';
  const warnings = name === '' || surveyed === undefined ? [] : warnOfName(name, surveyed);
  return (
    <section className="form-part">
      <h3>People who come back</h3>
      <Field
        label="Attribute that tells who came back"
        hint="A Keycloak attribute that never changes, belongs to one person, and that people cannot edit themselves, for example LDAP_ID. Somebody who comes back under a new Keycloak id is recognized by it. Empty: only the e-mail address tells."
        error={error}
      >
        {(control) => (
          <>
            <Textfield
              {...control}
              list={listId}
              value={attribute ?? ''}
              isMonospaced
              isInvalid={error !== undefined}
              autoComplete="off"
              spellCheck={false}
              onChange={({ currentTarget: { value } }) => onChange(value === '' ? undefined : value)}
            />
            <datalist id={listId}>
              {(surveyed ?? []).map((each) => (
                <option key={each.name} value={each.name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      {warnings.map((warning) => (
        <Message key={warning} tone="warning" title={warning} />
      ))}
    </section>
  );
}
