import { OutOfBudget, type Reading } from './ports';

/**
 * A reading that ends an invocation as it began it would go on for ever, one event after the other.
 * @throws OutOfBudget so that patience counts, and runs out
 */
export function checkProgress<Snapshot>(before: Reading<Snapshot> | undefined, after: Reading<Snapshot>): void {
  if (before?.kind !== 'reading' || after.kind !== 'reading') return;
  if (JSON.stringify(before.state) === JSON.stringify(after.state)) {
    throw new OutOfBudget('a reading made no progress in one invocation');
  }
}
