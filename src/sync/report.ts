import { changeKey, type Change } from '../domain/change';
import { describeChange } from '../domain/describe-change';
import type { ClearedPlan, Plan } from '../domain/plan';
import type { ReportedChange, ReportRow } from '../domain/report';
import { loadInterrupted } from './interrupted';
import { loadBatchRecords, type RecordedOutcome } from './outcomes';
import { work, type Step } from './step';

/** Rows in one part: a part travels to the page in one answer. */
const partSize = 500;

/** Writes the rows of a plan, with outcomes when there are any, and answers the number of parts. */
export async function saveReport(
  step: Pick<Step, 'world' | 'fence'>,
  plan: Plan,
  outcomes?: ReadonlyMap<string, RecordedOutcome>,
): Promise<number> {
  const rows = computeRows(plan, outcomes);
  const parts = Math.max(1, Math.ceil(rows.length / partSize));
  for (let part = 0; part < parts; part += 1) {
    await step.world.work.save(work.report(part), rows.slice(part * partSize, (part + 1) * partSize), step.fence);
  }
  return parts;
}

function computeRows(plan: Plan, outcomes?: ReadonlyMap<string, RecordedOutcome>): readonly ReportRow[] {
  const told = (change: Change): ReportedChange => {
    const recorded = outcomes?.get(changeKey(change));
    return {
      text: describeChange(change),
      kind: change.kind,
      reason: change.reason,
      ...('group' in change ? { group: change.group } : {}),
      ...(recorded === undefined ? {} : { outcome: recorded.outcome }),
      ...(recorded?.message === undefined ? {} : { message: recorded.message }),
    };
  };
  const ofGroup = Map.groupBy(
    plan.changes.filter((change) => change.kind === 'create-group' || change.kind === 'adopt-group'),
    (change) => change.group,
  );
  return [
    ...plan.people.map((row): ReportRow => {
      const changes = row.changes.flatMap((index) => plan.changes[index] ?? []);
      return { kind: 'person', row, changes: changes.map(told) };
    }),
    ...plan.groups.map((row): ReportRow => ({ kind: 'group', row, changes: (ofGroup.get(row.group) ?? []).map(told) })),
  ];
}

/** One outcome for each change of the shown plan, and for each change that a fresh plan added to it. */
export async function collectOutcomes(
  step: Pick<Step, 'world' | 'run'>,
  shown: Plan,
): Promise<ReadonlyMap<string, RecordedOutcome>> {
  const { world, run } = step;
  const outcomes = new Map<string, RecordedOutcome>();
  for (const record of await loadBatchRecords(world, run)) {
    for (const outcome of record.outcomes) outcomes.set(outcome.key, outcome);
  }
  const cleared = await world.work.load<ClearedPlan>(run.id, work.cleared);
  const settle = (changes: readonly Change[], outcome: 'not-needed' | 'not-approved') => {
    for (const change of changes) {
      const key = changeKey(change);
      if (!outcomes.has(key)) outcomes.set(key, { key, outcome });
    }
  };
  settle(cleared?.skipped.noLongerNeeded ?? [], 'not-needed');
  settle(cleared?.skipped.notApproved ?? [], 'not-approved');
  for (const change of await loadInterrupted({ world, run })) {
    const key = changeKey(change);
    const message = 'The app was interrupted while it did this: the next run finds out what became of it.';
    if (!outcomes.has(key)) outcomes.set(key, { key, outcome: 'unconfirmed', message });
  }
  for (const change of shown.changes) {
    const key = changeKey(change);
    if (!outcomes.has(key)) outcomes.set(key, { key, outcome: 'not-reached' });
  }
  return outcomes;
}
