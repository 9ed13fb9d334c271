import type { ExternalFate, ExternalOperation } from '../../dev/forge/external';
import { removeUser } from '../../dev/keycloak/double/realm';
import type { ReportRow } from '../../src/domain/report';
import type { Run } from '../../src/domain/run';
import type { OrganizationSnapshot } from '../../dev/atlassian/snapshot';
import { openFlow, type Flow, type FlowOptions } from '../sync/flow';

/** Something that happens to a realm, and the full run that has to carry it into the organization. */
export interface Story {
  readonly name: string;
  /** Undisturbed: everything before the run in question. */
  readonly before: (flow: Flow) => Promise<void>;
  /** Undisturbed: shows what the run in question remembered. */
  readonly after: (flow: Flow) => Promise<void>;
}

const hour = 3_600_000;

/** Everybody accepts, every delay passes. */
export function calmDown(flow: Flow): void {
  flow.organization.acceptInvitation();
  flow.organization.settle();
  flow.clock.advance(hour);
}

async function runQuietly(flow: Flow): Promise<void> {
  const run = await flow.run('full');
  if (run.state !== 'finished') throw new Error(`${run.state}: ${run.failure?.message ?? 'held'}`);
  calmDown(flow);
}

function member(flow: Flow, person: number): { readonly userId: string; readonly groupId: string } {
  const { id } = flow.person(person);
  const found = flow.realm.memberships.find(({ userId }) => userId === id);
  if (found === undefined) throw new Error('the person is in no group');
  return found;
}

/** Takes a person out of one group. */
export function leaveGroup(flow: Flow, person: number): void {
  const left = member(flow, person);
  flow.realm.memberships = flow.realm.memberships.filter((each) => each !== left);
}

export const firstLoad: Story = {
  name: 'that brings everybody',
  before: async () => undefined,
  after: async () => undefined,
};

/** Person 0 was suspended and comes back, 1 is disabled, 2 is gone, 3 leaves a group, a newcomer is invited. */
export const daily: Story = {
  name: 'that restores, suspends, removes and invites',
  before: async (flow) => {
    const newcomer = flow.person(4);
    flow.realm.users = flow.realm.users.filter(({ id }) => id !== newcomer.id);
    const memberships = flow.realm.memberships.filter(({ userId }) => userId === newcomer.id);
    flow.realm.memberships = flow.realm.memberships.filter(({ userId }) => userId !== newcomer.id);
    await runQuietly(flow);
    const [back, disabled, gone] = [flow.person(0), flow.person(1), flow.person(2)];
    back.enabled = false;
    await runQuietly(flow);
    back.enabled = true;
    disabled.enabled = false;
    leaveGroup(flow, 3);
    removeUser(flow.realm, gone.id);
    flow.realm.users.push(newcomer);
    flow.realm.memberships.push(...memberships);
  },
  // Whom this connector suspended it brings back, however often the run was cut off.
  after: async (flow) => {
    flow.person(1).enabled = true;
    await runQuietly(flow);
  },
};

/** Five people have another name and three another address; the old address of one is a newcomer's afterwards. */
export const marriages: Story = {
  name: 'that updates names and addresses',
  before: async (flow) => {
    await runQuietly(flow);
    await flow.save((settings) => ({
      ...settings,
      users: { ...settings.users, updateName: true, updateEmail: true, updateProfile: true },
    }));
    await runQuietly(flow);
    for (const index of [0, 1, 2, 3, 4]) flow.person(index).lastName = 'Married';
    for (const index of [4, 5, 6]) flow.person(index).email = `moved-${index}@example.com`;
  },
  after: async (flow) => {
    const moved = flow.person(6);
    const email = `${moved.username}@example.com`;
    flow.realm.users.push({ ...moved, id: 'newcomer', username: 'newcomer', email });
    await runQuietly(flow);
  },
};

/** How one telling of the story ended. */
export interface Ending {
  readonly state: Run['state'];
  readonly outcomes: Run['outcomes'];
  /** Every change that the report shows, with its outcome. */
  readonly changes: readonly string[];
  readonly organization: OrganizationSnapshot;
  /** After runs that follow until nothing is planned any more. */
  readonly settled: OrganizationSnapshot;
  /** After what the run remembered was asked for. */
  readonly afterwards: OrganizationSnapshot;
  /** Addresses in two invitations that both reached the organization. */
  readonly invitedTwice: readonly string[];
}

export interface Telling {
  readonly operations: readonly ExternalOperation[];
  readonly ending: Ending;
}

export type Disturbance = (operation: ExternalOperation, index: number) => ExternalFate;

/** Opens the app, tells the story up to the run in question, and disturbs the steps of that run. */
export async function tell(
  story: Story,
  options: FlowOptions = {},
  disturb: Disturbance = () => 'continue',
): Promise<Telling> {
  const flow = await openFlow({ users: 10, groups: 3, ...options });
  const operations: ExternalOperation[] = [];
  try {
    await story.before(flow);
    flow.stage.atlassian.traffic.clear();
    flow.stage.platform.controls.onExternal = (operation) => {
      if (operation.invocation.module.type !== 'consumer') return 'continue';
      operations.push(operation);
      return disturb(operation, operations.length - 1);
    };
    const run = await flow.run('full');
    flow.stage.platform.controls.onExternal = undefined;
    return { operations, ending: await describeEnding(flow, story, run) };
  } finally {
    await flow.stop();
  }
}

async function describeEnding(flow: Flow, story: Story, run: Run): Promise<Ending> {
  const organization = comparable(flow);
  const changes = await readChanges(flow, run);
  await settle(flow);
  const settled = comparable(flow);
  const invitedTwice = findInvitedTwice(flow);
  await story.after(flow);
  const { state, outcomes } = run;
  return { state, outcomes, changes, organization, settled, afterwards: comparable(flow), invitedTwice };
}

async function settle(flow: Flow): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    calmDown(flow);
    const { state, counts } = await flow.run('full');
    if (state !== 'finished') throw new Error(`the run behind it is ${state}`);
    if (Object.values(counts?.changes ?? {}).every((count) => count === 0)) return;
  }
  throw new Error('every run plans something');
}

/** The organization without the connector's own random id. */
export function comparable(flow: Flow): OrganizationSnapshot {
  const text = JSON.stringify(flow.organization.snapshot()).replaceAll(flow.connectorId, 'connector');
  return JSON.parse(text) as OrganizationSnapshot; // the same value with another text inside
}

/** Every change of the report's rows with its outcome. */
export async function readChanges(flow: Flow, run: Run): Promise<readonly string[]> {
  const rows: ReportRow[] = [];
  for (let part = 0; part < (run.reportParts ?? 0); part += 1) {
    rows.push(...(await flow.call('getReport', { runId: run.id, part })));
  }
  return rows.flatMap(({ changes }) => changes.map(({ text, outcome }) => `${text} ${outcome ?? 'no outcome'}`)).sort();
}

/** Addresses in two invitations that the organization carried out. */
export function findInvitedTwice(flow: Flow): readonly string[] {
  const seen = new Map<string, number>();
  for (const { path, body, status } of flow.stage.atlassian.traffic.writes()) {
    if (!path.includes('/users/invite') || status >= 300) continue;
    const { emails } = body as { emails: readonly string[] }; // the adapter's own request
    for (const email of emails) seen.set(email, (seen.get(email) ?? 0) + 1);
  }
  return [...seen].filter(([, count]) => count > 1).map(([email]) => email);
}
