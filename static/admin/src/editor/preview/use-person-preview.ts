import { useState } from 'react';
import type { ConnectorSettings } from '../../../../../src/domain/connector';
import { useExplanation, type Explaining } from '../../explain/use-explanation';
import { isOutdated } from './preview-settings';

/** The person who is previewed in the editor, in whatever tab, with the settings of the draft. */
export interface PersonPreviewing extends Omit<Explaining, 'ask'> {
  /** What is typed in the search. */
  readonly typed: string;
  readonly type: (text: string) => void;
  /** Whether the draft says something else than what was previewed. */
  readonly outdated: boolean;
  /** Previews this person with the draft as it is now. */
  readonly preview: (user: string) => void;
  /** The same person again. */
  readonly again: () => void;
}

export function usePersonPreview(connectorId: string | undefined, draft: ConnectorSettings): PersonPreviewing {
  const [typed, type] = useState('');
  const [asked, setAsked] = useState<{ readonly user: string; readonly settings: ConnectorSettings }>();
  const { ask, ...explaining } = useExplanation(connectorId ?? '', undefined);
  const preview = (user: string) => {
    if (connectorId === undefined) return;
    setAsked({ user: user.trim(), settings: draft });
    ask(user.trim(), draft);
  };
  return {
    ...explaining,
    typed,
    type,
    outdated: asked !== undefined && isOutdated(asked.settings, draft),
    preview,
    again: () => {
      if (asked !== undefined) preview(asked.user);
    },
  };
}
