import type { ChangeOutcome } from './run';
import type { SourceGroupId } from './identity';
import type { GroupRow, PersonRow } from './plan';

/** One change of the plan with what became of it; a simulated run has no outcome. */
export interface ReportedChange {
  readonly text: string;
  readonly kind: string;
  readonly reason: string;
  /** The group that it writes to, if any: with it a part of the plan can be chosen by group. */
  readonly group?: SourceGroupId;
  readonly outcome?: ChangeOutcome;
  /** Why it was refused, one sentence. */
  readonly message?: string;
}

export type ReportRow =
  | { readonly kind: 'person'; readonly row: PersonRow; readonly changes: readonly ReportedChange[] }
  | { readonly kind: 'group'; readonly row: GroupRow; readonly changes: readonly ReportedChange[] };
