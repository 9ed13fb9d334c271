import { createContext, useContext } from 'react';
import type { ConnectorSettings } from '../../../../src/domain/connector';
import type { PersonPreviewing } from './preview/use-person-preview';
import type { FieldErrors } from './settings-fields';
import type { RealmSurvey } from './use-survey';

interface Editor {
  readonly draft: ConnectorSettings;
  /** Changes the draft; `field` names what was touched, so that its error goes away. */
  readonly change: (field: string, next: (draft: ConnectorSettings) => ConnectorSettings) => void;
  readonly errors: FieldErrors;
  /** Absent until the connector was saved for the first time. */
  readonly connectorId: string | undefined;
  /** Whether a stored client secret serves the draft. */
  readonly hasSecret: boolean;
  /** One is stored, but for another server, realm or client than the draft names. */
  readonly otherClient: boolean;
  readonly clientSecret: string;
  readonly setClientSecret: (secret: string) => void;
  /** Keeps what was typed to confirm a cleanup that destroys something, for the save. */
  readonly confirm: (typed: string) => void;
  readonly survey: RealmSurvey;
  /** The person whom *Preview* shows, in whatever tab. */
  readonly preview: PersonPreviewing;
}

export const EditorContext = createContext<Editor | undefined>(undefined);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === undefined) throw new Error('There is no connector being edited here.');
  return editor;
}
