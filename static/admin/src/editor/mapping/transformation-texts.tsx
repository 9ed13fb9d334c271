import type { Transformation } from '../../../../../src/domain/mapping-row';
import { TextField } from '../../parts/field';
import { useEditor } from '../editor-context';
import { errorAt } from '../settings-fields';

interface TransformationTextsProps {
  readonly step: Transformation;
  readonly field: string;
  readonly onChange: (step: Transformation) => void;
}

/** The texts that a transformation works with. */
export function TransformationTexts({ step, field, onChange }: TransformationTextsProps) {
  const { errors } = useEditor();
  const errorOf = (part: string) => errorAt(errors, `${field}.${part}`);
  switch (step.kind) {
    case 'trim':
    case 'lower-case':
      return null;
    case 'strip-email-domain':
      return <p className="hint ordered-note">Applies where there is an @ in the text.</p>;
    case 'constant':
      return (
        <TextField
          label="Text"
          value={step.value}
          error={errorOf('value')}
          onChange={(value) => onChange({ ...step, value })}
        />
      );
    case 'replace':
      return (
        <>
          <TextField
            label="Search for"
            value={step.search}
            error={errorOf('search')}
            onChange={(search) => onChange({ ...step, search })}
          />
          <TextField
            label="Replace by"
            value={step.replacement}
            error={errorOf('replacement')}
            onChange={(replacement) => onChange({ ...step, replacement })}
          />
        </>
      );
    case 'regex':
      return (
        <>
          <TextField
            label="Expression"
            hint="RE2, found anywhere in the text: begin with ^ and end with $ for the whole text."
            monospaced
            value={step.pattern}
            error={errorOf('pattern')}
            onChange={(pattern) => onChange({ ...step, pattern })}
          />
          <TextField
            label="Replace by"
            hint="$1 to $9 stand for what is in brackets, $0 for all that was found."
            monospaced
            value={step.replacement}
            error={errorOf('replacement')}
            onChange={(replacement) => onChange({ ...step, replacement })}
          />
        </>
      );
  }
}
