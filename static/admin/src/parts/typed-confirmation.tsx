import type { ReactNode } from 'react';
import { useState } from 'react';
import { Action } from './action';
import { Dialog } from './dialog';
import { TextField } from './field';

interface TypedConfirmationProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What has to be typed. */
  readonly word: string;
  readonly confirm: string;
  readonly busy?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** A confirmation that cannot happen by a slip: the word has to be typed. */
export function TypedConfirmation(props: TypedConfirmationProps) {
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === props.word;
  return (
    <Dialog
      title={props.title}
      tone="danger"
      onClose={props.onClose}
      actions={
        <>
          <Action onClick={props.onClose}>Cancel</Action>
          <Action
            appearance="danger"
            busy={props.busy ?? false}
            disabledBecause={matches ? undefined : `Type “${props.word}” first.`}
            onClick={props.onConfirm}
          >
            {props.confirm}
          </Action>
        </>
      }
    >
      {props.children}
      <TextField label={`Type “${props.word}” to confirm`} value={typed} onChange={setTyped} />
    </Dialog>
  );
}
