import { lazy, Suspense, useId, useRef } from 'react';
import { Action } from '../../parts/action';
import { TextField } from '../../parts/field';
import { Loading } from '../../parts/loading';
import { Message } from '../../parts/message';
import { useEditor } from '../editor-context';
import './preview.css';

// What shows a person comes when one is previewed.
const PreviewResult = lazy(async () => ({ default: (await import('./preview-result')).PreviewResult }));

/** *Preview*: what the settings as they stand here would do with one real person, before they are saved. Nothing is written. */
export function PersonPreview() {
  const { connectorId, hasSecret, preview } = useEditor();
  const title = useId();
  const search = useRef<HTMLFormElement>(null);
  if (connectorId === undefined || !hasSecret) return null;
  const { typed, type, reading, failure, result, progress, outdated } = preview;
  const again = () => {
    // The button goes away with its message: the focus would be lost.
    search.current?.querySelector('input')?.focus();
    preview.again();
  };
  return (
    <section className="form-part preview" aria-labelledby={title}>
      <h3 id={title}>Preview</h3>
      <p className="hint">What these settings, saved or not, do with one person of the realm. Nothing is written.</p>
      <form
        ref={search}
        className="preview-search"
        role="search"
        aria-labelledby={title}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '' && !reading) preview.preview(typed);
        }}
      >
        <TextField
          label="User name, e-mail address or id"
          hint="Exactly as Keycloak has it."
          value={typed}
          onChange={type}
          type="search"
        />
        <Action
          submit
          busy={reading}
          disabledBecause={typed.trim() === '' ? 'Enter whom to look for first.' : undefined}
        >
          Preview
        </Action>
      </form>
      {!reading && outdated && (
        <Message
          tone="warning"
          title="The settings changed since this preview"
          actions={
            <Action spacing="compact" onClick={again}>
              Preview again
            </Action>
          }
        >
          Below is what the settings did before.
        </Message>
      )}
      {!reading && failure !== undefined && (
        <Message
          tone="danger"
          title="The person could not be previewed"
          announce
          actions={
            <Action spacing="compact" onClick={again}>
              Try again
            </Action>
          }
        >
          {failure}
        </Message>
      )}
      {(reading || result !== undefined) && failure === undefined && (
        <Suspense fallback={<Loading what="the preview" />}>
          <PreviewResult
            result={reading ? undefined : result}
            progress={progress}
            outdated={outdated}
            onChoose={preview.preview}
          />
        </Suspense>
      )}
    </section>
  );
}
