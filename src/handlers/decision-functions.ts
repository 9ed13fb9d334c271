import * as v from 'valibot';
import { changeOrder } from '../domain/change';
import { runId } from '../domain/identity';
import { ownSuspensions, type Run } from '../domain/run';
import type { PlanSelection } from '../domain/selection';
import { applyPlan } from '../sync/apply-plan';
import { approveRun, HoldChanged, rejectRun } from '../sync/decide-held';
import { pauseSchedule } from '../sync/pause-schedule';
import { startRun } from '../sync/start-run';
import type { Caller } from './access';
import type { AdminWorld } from './admin-world';
import { loadConnector } from './connector-view';
import type { FunctionTable } from './function-table';
import { id, text } from './payloads';
import { loadRun } from './run-functions';

/** More are chosen by kind or as a whole; a bridge payload has its size. */
const mostNamed = 5_000;
const named = v.pipe(v.array(id), v.maxLength(mostNamed));
const selection: v.GenericSchema<unknown, PlanSelection> = v.variant('kind', [
  v.object({ kind: v.literal('all') }),
  v.object({ kind: v.literal('links') }),
  v.object({ kind: v.literal('additions') }),
  v.object({
    kind: v.literal('part'),
    kinds: v.exactOptional(v.array(v.picklist(changeOrder))),
    users: v.exactOptional(named),
    groups: v.exactOptional(named),
  }),
]);
const shownPlan = { runId: id, planHash: text(64), reason: text(1000) };

/** What an administrator decides on a plan that was shown. */
export const decisionFunctions: FunctionTable<
  'approveRun' | 'rejectRun' | 'applyPlan' | 'undoRun' | 'restoreSuspended'
> = {
  approveRun: {
    needs: 'organization administrator',
    payload: v.object({ ...shownPlan, selection: v.exactOptional(selection) }),
    run: async (admin, { runId: given, ...approval }, caller) => {
      await approveRun(admin.world, runId(given), { ...approval, by: caller.accountId });
      return null;
    },
  },
  rejectRun: {
    needs: 'organization administrator',
    payload: v.object({ runId: id, reason: text(1000) }),
    run: async (admin, payload, caller) => {
      const run = await loadRun(admin, payload.runId);
      await rejectRun(admin.world, run.id, { by: caller.accountId, reason: payload.reason });
      await pauseSchedule(admin.world, run.connectorId, 'A plan was rejected.', caller.accountId);
      return null;
    },
  },
  applyPlan: {
    needs: 'organization administrator',
    payload: v.object({ ...shownPlan, selection }),
    run: async (admin, { runId: given, ...approval }, caller) => {
      const shown = await loadRun(admin, given);
      const connector = await loadConnector(admin, shown.connectorId);
      const started = await applyPlan(admin.world, connector, shown, { ...approval, by: caller.accountId });
      if (shown.undoes !== undefined)
        await pauseSchedule(admin.world, connector.id, 'A run was undone.', caller.accountId);
      return { runId: started };
    },
  },
  undoRun: {
    needs: (_admin, payload) => (payload.kind === 'full' ? 'organization administrator' : 'product administrator'),
    payload: v.object({ runId: id, kind: v.picklist(['simulate', 'full']) }),
    run: async (admin, payload, caller) => {
      const undone = await loadRun(admin, payload.runId);
      if (undone.kind !== 'full' || undone.endedAt === undefined || undone.outcomes === undefined) {
        throw new HoldChanged('Only a full run that has ended can be undone.');
      }
      const { connectorId } = undone;
      const order = { connectorId, kind: payload.kind, undoes: undone.id, because: 'A run was undone.' };
      return startUndo(admin, order, caller);
    },
  },
  restoreSuspended: {
    needs: (_admin, payload) => (payload.kind === 'full' ? 'organization administrator' : 'product administrator'),
    payload: v.object({ connectorId: id, kind: v.picklist(['simulate', 'full']) }),
    run: (admin, payload, caller) => {
      const because = 'What the connector had suspended was restored.';
      return startUndo(admin, { ...payload, undoes: ownSuspensions, because }, caller);
    },
  },
};

interface UndoOrder {
  readonly connectorId: string;
  readonly kind: 'simulate' | 'full';
  readonly undoes: NonNullable<Run['undoes']>;
  /** Why the schedule rests, a sentence. */
  readonly because: string;
}

async function startUndo(admin: AdminWorld, { connectorId, kind, undoes, because }: UndoOrder, caller: Caller) {
  const { id: connector } = await loadConnector(admin, connectorId);
  // First, so that no scheduled run does again what the undo takes back.
  if (kind === 'full') await pauseSchedule(admin.world, connector, because, caller.accountId);
  const startedBy = { kind: 'person', accountId: caller.accountId } as const;
  const order = { connector: await loadConnector(admin, connectorId), kind, startedBy, undoes };
  return { runId: await startRun(admin.world, order) };
}
