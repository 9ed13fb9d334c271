import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { messageOf } from '../app-calls';
import { Action } from '../parts/action';
import { Check } from '../parts/choice';
import { Dialog } from '../parts/dialog';
import { FieldError, TextField } from '../parts/field';
import type { Answers, Question, Typed } from './questions';
import { answer, describeUnanswered, nothingTyped, questionOf, questions, removeWord } from './questions';

interface SettingsDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  /** What is sent: what one file was asked for says nothing about another. */
  readonly subject?: string;
  /** Why nothing can be sent yet. */
  readonly disabledBecause?: string | undefined;
  /** Offers the client secret before anybody asks: a new connector has none. */
  readonly offersSecret?: boolean;
  /** Sends it; a refusal that asks for something makes the dialog ask and send again. */
  readonly send: (answers: Answers) => Promise<void>;
  readonly onClose: () => void;
}

/** Confirms that settings are taken over, and asks for what the app wants to know before it does so. */
export function SettingsDialog(props: SettingsDialogProps) {
  const { title, children, confirm, subject = '', disabledBecause, offersSecret = false, send, onClose } = props;
  const [asked, setAsked] = useState<Readonly<Partial<Record<Question, string>>>>({});
  const [typed, setTyped] = useState<Typed>(nothingTyped);
  const sending = useMutation({
    mutationFn: () => send(answer(typed)),
    onError: (error) => {
      const question = questionOf(error);
      if (question !== undefined) setAsked((before) => ({ ...before, [question]: messageOf(error) }));
    },
  });
  const [about, setAbout] = useState(subject);
  if (about !== subject) {
    setAbout(subject);
    setAsked({});
    setTyped(nothingTyped);
    sending.reset();
  }
  const open = questions.filter((each) => asked[each] !== undefined);
  const type = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const final = sending.isError && questionOf(sending.error) === undefined;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      {...(asked.confirmation === undefined ? {} : { tone: 'danger' as const })}
      actions={
        <>
          <Action onClick={onClose}>Cancel</Action>
          <Action
            appearance={asked.confirmation === undefined ? 'primary' : 'danger'}
            busy={sending.isPending}
            disabledBecause={disabledBecause ?? describeUnanswered(open, typed)}
            onClick={() => sending.mutate()}
          >
            {confirm}
          </Action>
        </>
      }
    >
      {children}
      {asked.rebind !== undefined && (
        <>
          <FieldError message={asked.rebind} />
          <Check label="Read that realm from now on" checked={typed.rebind} onChange={(rebind) => type({ rebind })} />
        </>
      )}
      {asked.confirmation !== undefined && (
        <TextField
          label={`Type “${removeWord}” to confirm`}
          value={typed.confirmation}
          error={asked.confirmation}
          onChange={(confirmation) => type({ confirmation })}
        />
      )}
      {(offersSecret || asked.clientSecret !== undefined) && (
        <TextField
          label="Client secret"
          type="password"
          value={typed.clientSecret}
          error={asked.clientSecret}
          hint={asked.clientSecret === undefined ? 'Secrets are never copied. You can also enter it later.' : undefined}
          onChange={(clientSecret) => type({ clientSecret })}
        />
      )}
      {final && <FieldError message={messageOf(sending.error)} />}
    </Dialog>
  );
}
