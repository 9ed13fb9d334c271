import type { Connector, ConnectorSettings } from '../domain/connector';
import { SettingsError } from '../domain/errors';
import { runId, type ConnectorId, type RunId } from '../domain/identity';
import { isInquiry, isResting, type OnlyPerson, type Run, type RunKind, type Starter } from '../domain/run';
import { endHeldRun } from './decide-held';
import type { World } from './ports';
import { connectorSlot } from './step';

export interface RunOrder {
  readonly connector: Connector;
  readonly kind: RunKind;
  /** Unsaved settings of the page; the saved ones unless given. A full run takes saved settings only. */
  readonly settings?: ConnectorSettings;
  readonly startedBy: Starter;
  /** Chosen before, so that starting again is the same start. */
  readonly id?: RunId;
  readonly undoes?: NonNullable<Run['undoes']>;
  /** *Sync this user*: nobody but this person. */
  readonly only?: OnlyPerson;
  /** Whom *Explain a user* looks for. */
  readonly asks?: string;
}

/** Another run of the connector works at this moment. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
}

/**
 * Writes the run's record and pushes its first event. A held run of the connector is superseded by a full one.
 * That only one run of a connector works at a time is decided when the run takes its slot, not here; here it is a friendly answer.
 */
export async function startRun(world: World, order: RunOrder): Promise<RunId> {
  const { connector, kind } = order;
  if (kind === 'full' && order.settings !== undefined) {
    throw new SettingsError('', 'A full sync uses saved settings: save them first.');
  }
  // What takes back what the connector did is no work of its own.
  if (!isInquiry(kind) && order.undoes === undefined && !connector.settings.enabled) {
    throw new SettingsError('enabled', 'The connector is switched off: switch it on before you start a run.');
  }
  if (!isInquiry(kind)) await makeWay(world, connector.id, kind, order.only);
  const run: Run = {
    ...openRecord(world, order),
    ...(order.undoes === undefined ? {} : { undoes: order.undoes }),
    ...(order.only === undefined ? {} : { only: order.only }),
    ...(order.asks === undefined ? {} : { asks: order.asks }),
    ...(order.settings === undefined ? {} : { unsaved: true }),
  };
  await world.runs.create(run, order.settings ?? connector.settings);
  await world.queue.push({ runId: run.id, step: 0 });
  return run.id;
}

/** The record of a run that has done nothing yet. */
export function openRecord(world: World, { connector, kind, startedBy, id }: RunOrder): Run {
  const now = world.now();
  return {
    id: id ?? runId(world.newId()),
    connectorId: connector.id,
    connectorName: connector.settings.name,
    kind,
    startedBy,
    startedAt: now,
    state: 'reading-source',
    step: 0,
    fence: 1,
    claimedUntil: 0,
    heartbeat: now,
    attempts: 0,
    batchesDone: 0,
  };
}

async function checkFree(world: World, connector: ConnectorId): Promise<void> {
  const slot = await world.leases.load(connectorSlot(connector));
  const holder = slot === undefined || slot.until <= world.now() ? undefined : await world.runs.load(slot.holder);
  if (holder !== undefined && !isResting(holder.state)) {
    throw new AlreadyRunning('A run of this connector is in progress: wait for it, or cancel it first.');
  }
}

/**
 * Refuses while another run of the connector works; a full run supersedes a held one. The run of one person leaves the held plan
 * of everybody to its administrator.
 */
export async function makeWay(world: World, connector: ConnectorId, kind: RunKind, only?: OnlyPerson): Promise<void> {
  await checkFree(world, connector);
  if (kind !== 'full') return;
  for (const open of await world.runs.listOpen()) {
    const superseded = only === undefined || open.only !== undefined;
    if (open.connectorId === connector && open.state === 'held' && superseded) {
      await endHeldRun(world, open, { code: 'superseded', message: 'A newer run took the place of this held run.' });
    }
  }
}
