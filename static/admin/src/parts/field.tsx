import Textfield from '@atlaskit/textfield';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { ToneIcon } from './message';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean | undefined;
  }) => ReactNode;
}

/** One labelled control with its hint and, when the app refused the value, why. */
export function Field({ label, hint, error, required = false, children }: FieldProps) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required && (
          <span className="field-required" aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </label>
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {error !== undefined && <FieldError id={`${id}-error`} message={error} />}
    </div>
  );
}

/** Why a value was refused. */
export function FieldError({ id, message }: { id?: string; message: string }) {
  return (
    <p id={id} className="field-error" role="alert">
      <ToneIcon tone="danger" />
      <span>{message}</span>
    </p>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly type?: 'text' | 'password' | 'url' | 'date' | 'number' | 'time' | 'search' | 'email';
  readonly placeholder?: string;
  readonly monospaced?: boolean;
  readonly disabled?: boolean;
}

/** A field for one line of text. */
export function TextField(props: TextFieldProps) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} required={props.required ?? false}>
      {(control) => (
        <Textfield
          {...control}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value)}
          type={props.type ?? 'text'}
          placeholder={props.placeholder ?? ''}
          isMonospaced={props.monospaced ?? false}
          isInvalid={props.error !== undefined}
          isRequired={props.required ?? false}
          isDisabled={props.disabled ?? false}
          autoComplete={props.type === 'password' ? 'new-password' : 'off'}
          spellCheck={false}
        />
      )}
    </Field>
  );
}
