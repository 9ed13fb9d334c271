import type { ExplainedChange, ExplainedPerson } from '../../../../src/domain/explanation';

export interface SyncUserPlan {
  /** What a sync of this person would do, as read. */
  readonly changes: readonly ExplainedChange[];
  /** Whether the account could be deactivated on express confirmation: the person is disabled in Keycloak. */
  readonly mayDeactivate: boolean;
  /** Whether a sync of everybody would take something away that this one leaves. */
  readonly cleanup: boolean;
}

/** What of an explained person's changes a sync of this person alone does. The app decides anew; this is for the dialog. */
export function planSyncUser({ steps, state }: ExplainedPerson, suspend: boolean): SyncUserPlan {
  const all = steps.flatMap((step) => (step.kind === 'changes' ? step.changes : []));
  const leaves = steps.some((step) => step.kind === 'scope' && step.mark === 'stopped');
  if (leaves) return { changes: [], mayDeactivate: false, cleanup: all.length > 0 };
  const mayDeactivate = state === 'disabled' && all.some(({ kind }) => kind === 'suspend');
  return {
    changes: mayDeactivate && !suspend ? [] : all,
    mayDeactivate,
    cleanup: false,
  };
}
