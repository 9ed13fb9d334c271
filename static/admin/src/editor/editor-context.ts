import { createContext, useContext } from 'react';
import type { ConnectorSettings } from '../../../../src/domain/connector';
import type { FieldErrors } from './settings-fields';
import type { RealmSurvey } from './use-survey';

interface Editor {
  readonly draft: ConnectorSettings;
  /** Changes the draft; `field` names what was touched, so that its error goes away. */
  readonly change: (field: string, next: (draft: ConnectorSettings) => ConnectorSettings) => void;
  readonly errors: FieldErrors;
  /** Absent until the connector was saved for the first time. */
  readonly connectorId: string | undefined;
  readonly hasSecret: boolean;
  readonly clientSecret: string;
  readonly setClientSecret: (secret: string) => void;
  readonly survey: RealmSurvey;
}

export const EditorContext = createContext<Editor | undefined>(undefined);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === undefined) throw new Error('There is no connector being edited here.');
  return editor;
}
