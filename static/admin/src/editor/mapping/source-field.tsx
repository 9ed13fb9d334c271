import { useState } from 'react';
import { Field, TextField } from '../../parts/field';
import { useEditor } from '../editor-context';
import { applyChoice, choiceOf, modeOf, offeredChoice } from './source-mode';
import { describeTemplate, onlyAttribute, standardAttributes, writeAttribute } from './template';

interface SourceFieldProps {
  readonly label: string;
  readonly template: string;
  readonly error: string | undefined;
  readonly onChange: (template: string) => void;
}

/** A Keycloak attribute, chosen or typed, or several of them combined in a template. */
export function SourceField({ label, template, error, onChange }: SourceFieldProps) {
  const surveyed = useEditor().survey.found?.attributes ?? [];
  const plain = modeOf(template, new Set(surveyed.map(({ name }) => name)));
  // Who types goes on typing, also when what is there so far is the name of an offered attribute.
  const [typing, setTyping] = useState<'typed' | 'combined'>();
  const mode = typing ?? plain;
  const isTemplate = mode === 'combined' || mode === 'full-name';
  return (
    <div className="source">
      <Field label={label} error={mode === 'typed' || isTemplate ? undefined : error}>
        {(control) => (
          <select
            {...control}
            className="select"
            value={choiceOf(mode, template)}
            onChange={({ currentTarget: { value } }) => {
              setTyping(value === 'typed' || value === 'combined' ? value : undefined);
              onChange(applyChoice(value, template));
            }}
          >
            {mode === 'none' && <option value="none">Choose …</option>}
            <optgroup label="Of every user">
              {Object.entries(standardAttributes).map(([name, text]) => (
                <option key={name} value={offeredChoice(name)}>
                  {text}
                </option>
              ))}
            </optgroup>
            {surveyed.length > 0 && (
              <optgroup label="Of this realm">
                {surveyed.map(({ name, people }) => (
                  <option key={name} value={offeredChoice(name)}>
                    {people === 0 ? `${name} (nobody has it)` : name}
                  </option>
                ))}
              </optgroup>
            )}
            <optgroup label="More">
              <option value="full-name">First name + Last name</option>
              <option value="combined">Several attributes, combined …</option>
              <option value="typed">Another attribute …</option>
            </optgroup>
          </select>
        )}
      </Field>
      {mode === 'typed' && (
        <TextField
          label="Name of the attribute"
          monospaced
          value={onlyAttribute(template) ?? ''}
          error={error}
          onChange={(name) => onChange(writeAttribute(name.replace(/[{}]/g, '')))}
        />
      )}
      {isTemplate && (
        <TextField
          label="Template"
          monospaced
          hint={
            <>
              {describeTemplate(template)}. Attributes stand in <code>{'${ }'}</code>.
            </>
          }
          value={template}
          error={error}
          onChange={(text) => {
            setTyping('combined');
            onChange(text);
          }}
        />
      )}
    </div>
  );
}
