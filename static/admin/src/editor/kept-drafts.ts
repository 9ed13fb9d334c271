import type { ConnectorSettings } from '../../../../src/domain/connector';

interface KeptDraft {
  readonly revision: number;
  readonly draft: ConnectorSettings;
  /** What was typed for a cleanup that destroys something. */
  readonly confirmation: string;
}

// Lives as long as the page: unsaved settings survive the look at their own simulation, and nothing else.
const kept = new Map<string, KeptDraft>();

/** Keeps settings that were simulated without being saved, for the way back to the editor. */
export function keepDraft(connectorId: string, draft: KeptDraft): void {
  kept.set(connectorId, draft);
}

/** The kept settings of a connector, unless it was saved by somebody since; they are kept no longer. */
export function takeDraft(connectorId: string, revision: number): KeptDraft | undefined {
  const found = kept.get(connectorId);
  kept.delete(connectorId);
  return found?.revision === revision ? found : undefined;
}
