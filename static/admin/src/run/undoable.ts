import type { ReportRow } from '../../../../src/domain/report';
import { countOf } from '../moments';

export interface Undoable {
  /** What an undo would put back, each with its count; empty when there is nothing. */
  readonly back: readonly string[];
  /** What stays as the run made it, with why. */
  readonly stays: readonly string[];
  /** Memberships that an undo would take away again. */
  readonly taken: number;
}

/** What an undo of a finished run can and cannot put back, from what the run has done. */
export function computeUndoable(rows: readonly ReportRow[]): Undoable {
  const done = new Map<string, number>();
  for (const { changes } of rows) {
    for (const { kind, outcome } of changes) if (outcome === 'done') done.set(kind, (done.get(kind) ?? 0) + 1);
  }
  const tell = (kind: string, say: (count: number) => string) => {
    const count = done.get(kind) ?? 0;
    return count === 0 ? [] : [say(count)];
  };
  return {
    back: [
      ...tell('suspend', (count) => `${countOf(count, 'account')} that it deactivated ${be(count)} reactivated.`),
      ...tell('remove-member', (count) => `${countOf(count, 'membership')} that it removed ${be(count)} put back.`),
      ...tell('add-member', (count) => `${countOf(count, 'membership')} that it added ${be(count)} taken back.`),
      ...tell('update-profile', (count) => `${countOf(count, 'profile')} that it changed ${be(count)} changed back.`),
      ...tell('update-email', (count) => {
        const addresses = countOf(count, 'e-mail address', 'e-mail addresses');
        const people = count === 1 ? 'this person' : 'these people';
        return `${addresses} that it changed ${be(count)} changed back: Atlassian signs ${people} out everywhere once more.`;
      }),
    ],
    stays: [
      ...tell('invite', (count) => `${countOf(count, 'invitation')}: the accounts stay.`),
      ...tell('create-group', (count) => `${countOf(count, 'created group')}: Atlassian keeps ${them(count)}.`),
      ...tell('remove-account', (count) => `${countOf(count, 'removed account')}: the people must be invited again.`),
      ...tell('restore', (count) => `${countOf(count, 'reactivated account')}: active as before the undo.`),
      ...tell('adopt-account', (count) => `${countOf(count, 'linked account')}: release ${them(count)} one by one.`),
      ...tell('adopt-group', (count) => `${countOf(count, 'linked group')}: release ${them(count)} one by one.`),
    ],
    taken: done.get('add-member') ?? 0,
  };
}

const be = (count: number) => (count === 1 ? 'is' : 'are');
const them = (count: number) => (count === 1 ? 'it' : 'them');
