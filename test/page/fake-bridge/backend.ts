import type { Api, ConnectorView, DirectoryView, FunctionKey, Result } from '../../../src/api';
import { defaultSettings, type ConnectorSettings } from '../../../src/domain/connector';
import { SettingsError } from '../../../src/domain/errors';
import { connectorId, runId, sourceUserId } from '../../../src/domain/identity';
import type { ReportRow } from '../../../src/domain/report';
import type { Run } from '../../../src/domain/run';
import { describeSchedule, nextTimes, parseSchedule } from '../../../src/domain/schedule';
import { parseSettings } from '../../../src/domain/settings/parse';
import { writeSettingsFile } from '../../../src/domain/settings-file';
import { makeExplanation } from './explanation';
import { makeLinksFile } from './links';
import { makeBusySettings, makeDirectoryGroups } from './mapping';
import { countRows, makeRows, makeSurvey } from './realm';

/** How much there is to show, and who looks at it. */
export interface Occasion {
  readonly data: 'none' | 'little' | 'much';
  readonly me: 'organization' | 'product';
  /** A function that fails, to look at what a failure looks like. */
  readonly fail?: string;
  /** Groups of the directory; many where nothing is said. */
  readonly groups?: number;
  /** Settings that use all that can be set. */
  readonly busy?: boolean;
}

/** A refusal, as the app gives it. */
class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

// Functions that no screen under test calls may be missing.
type Backend = { readonly [Key in FunctionKey]?: (payload: Api[Key]['payload']) => Api[Key]['value'] };

const hour = 3_600_000;
const me = 'account-of-the-reader';

const acme: ConnectorSettings = {
  ...defaultSettings,
  name: 'Acme',
  keycloak: { url: 'https://keycloak.acme.example/auth', realm: 'acme', clientId: 'user-group-sync' },
  users: { ...defaultSettings.users, emailDomains: ['acme.example'] },
  schedule: { enabled: true, cron: '0 2 * * *', timeZone: 'Europe/Berlin' },
};

interface World {
  readonly connectors: Map<string, ConnectorView>;
  readonly runs: Map<string, { readonly run: Run; readonly rows: readonly ReportRow[]; readonly live: boolean }>;
  directory: DirectoryView;
}

function makeRun(id: string, connector: string, name: string, part: Partial<Run>): Run {
  const startedAt = part.startedAt ?? Date.now() - hour;
  return {
    id: runId(id),
    connectorId: connectorId(connector),
    connectorName: name,
    kind: 'full',
    startedBy: { kind: 'schedule' },
    startedAt,
    state: 'finished',
    step: 9,
    fence: 1,
    claimedUntil: 0,
    heartbeat: startedAt,
    attempts: 0,
    batchesDone: 0,
    endedAt: startedAt + 95_000,
    ...part,
  };
}

function makeWorld({ data, busy = false }: Occasion): World {
  const world: World = { connectors: new Map(), runs: new Map(), directory: { configured: false, hasKey: false } };
  if (data === 'none') return world;
  world.directory = {
    configured: true,
    hasKey: true,
    orgId: 'org-1',
    orgName: 'Acme Corporation',
    directoryId: 'dir-1',
    directoryName: 'Acme directory',
    keyOwner: 'sync-admin@acme.example',
    keyExpiresOn: '2026-12-04',
    ...(data === 'much' ? { keyWarning: 'The API key expires in 11 days' } : {}),
  };
  const names = data === 'little' ? ['Acme'] : ['Acme', 'Acme Europe', 'Contractors of the northern subsidiaries'];
  names.forEach((name, index) => {
    const id = `connector-${index}`;
    world.connectors.set(id, {
      id,
      revision: 1,
      hasSecret: true,
      savedAt: Date.now() - hour,
      settings: {
        ...(busy ? makeBusySettings(acme) : acme),
        name,
        schedule: { ...acme.schedule, enabled: index === 0 },
      },
    });
  });
  const [people, groups] = data === 'much' ? [2_000, 60] : [12, 3];
  const plan = makeRows(people, groups, false);
  const result = makeRows(people, groups, true);
  const add = (run: Run, rows: readonly ReportRow[]) =>
    world.runs.set(run.id, {
      run: rows.length === 0 ? run : { ...run, counts: countRows(rows), reportParts: Math.ceil(rows.length / 500) },
      rows,
      live: false,
    });
  const person = { kind: 'person', accountId: me } as const;
  const start = Date.now();
  add(
    makeRun('run-simulated', 'connector-0', 'Acme', {
      kind: 'simulate',
      startedBy: person,
      state: 'simulated',
      startedAt: start - 2 * hour,
      planHash: 'hash',
    }),
    plan,
  );
  add(
    makeRun('run-unsaved', 'connector-0', 'Acme', {
      kind: 'simulate',
      startedBy: person,
      state: 'simulated',
      startedAt: start - hour,
      planHash: 'hash',
      saved: { kind: 'counted', counts: countRows(makeRows(people - 700, groups + 4, false)) },
      seats: [
        { product: 'confluence', gained: 3, lost: 0 },
        { product: 'jira', gained: 118, lost: 33 },
      ],
    }),
    plan,
  );
  add(
    makeRun('run-not-compared', 'connector-0', 'Acme', {
      kind: 'simulate',
      startedBy: person,
      state: 'simulated',
      startedAt: start - hour,
      planHash: 'hash',
      saved: {
        kind: 'not-counted',
        message: 'With the saved settings the run stops: A required group no longer exists in Keycloak (id 6f1c).',
      },
    }),
    plan,
  );
  if (data === 'little') return world;
  const violations = [
    {
      guard: 'deprovisioned',
      found: 33,
      limit: 20,
      message: '33 accounts would be deprovisioned, which is more than the limit of 20.',
    },
    { guard: 'last-member', found: 1, limit: 0, message: 'The group legal would lose its last member.' },
  ];
  add(
    makeRun('run-finished', 'connector-0', 'Acme', {
      startedAt: start - 26 * hour,
      outcomes: {
        done: 240,
        already: 3,
        refused: 7,
        unconfirmed: 0,
        'not-approved': 0,
        'not-needed': 0,
        'not-reached': 0,
      },
      notes: ['2 groups wait for an administrator to adopt them.'],
      applies: runId('run-simulated'),
      approval: {
        by: me,
        at: start - 26 * hour,
        planHash: 'hash',
        reason: 'Checked with the team leads.',
        selection: { kind: 'additions' },
      },
    }),
    result,
  );
  add(
    makeRun('run-failed', 'connector-1', 'Acme Europe', {
      state: 'failed',
      startedAt: start - 3 * hour,
      failure: {
        code: 'role-missing',
        message:
          'Keycloak refused to list users (403): give the service account the role view-users of realm-management.',
      },
    }),
    [],
  );
  const held = makeRun('run-held', 'connector-2', 'Contractors of the northern subsidiaries', {
    state: 'held',
    startedAt: start - hour / 2,
    violations,
    planHash: 'hash',
    withheld: ['The federation corporate-ldap answered with fewer people than before; nobody of it is deprovisioned.'],
  });
  add({ ...held, endedAt: undefined }, plan);
  add(
    makeRun('run-undone', 'connector-1', 'Acme Europe', {
      startedAt: start - 4 * hour,
      startedBy: person,
      undoes: runId('run-finished'),
      outcomes: {
        done: 12,
        already: 0,
        refused: 0,
        unconfirmed: 0,
        'not-approved': 0,
        'not-needed': 0,
        'not-reached': 0,
      },
    }),
    makeRows(40, 3, true),
  );
  add(
    makeRun('run-rejected', 'connector-2', 'Contractors of the northern subsidiaries', {
      state: 'cancelled',
      startedAt: start - 30 * hour,
      failure: { code: 'rejected', message: 'The plan was rejected: ask legal first. Nothing was changed.' },
    }),
    plan,
  );
  add(
    makeRun('run-cancelled', 'connector-0', 'Acme', {
      state: 'cancelled',
      startedAt: start - 50 * hour,
      startedBy: person,
    }),
    [],
  );
  return world;
}

/** A run that goes on by the clock, so that progress can be looked at. */
function advance(run: Run, rows: readonly ReportRow[]): Run {
  const elapsed = Date.now() - run.startedAt;
  const steps = [
    { state: 'reading-source', what: 'users', total: 2_000, from: 0, to: 6_000 },
    { state: 'reading-source', what: 'members of groups', total: 60, from: 6_000, to: 10_000 },
    { state: 'reading-directory', what: 'accounts', total: 1_840, from: 10_000, to: 15_000 },
    { state: 'planning', what: 'people', from: 15_000, to: 17_000 },
    { state: 'applying', what: 'changes', total: 250, from: 17_000, to: run.kind === 'full' ? 30_000 : 17_000 },
  ] as const;
  const step = steps.find(({ to }) => elapsed < to);
  if (run.cancelRequestedBy !== undefined) return { ...run, state: 'cancelled', endedAt: Date.now() };
  if (step === undefined) {
    const counts = countRows(rows);
    const ended = {
      ...run,
      counts,
      reportParts: Math.ceil(rows.length / 500),
      endedAt: run.startedAt + 30_000,
      planHash: 'hash',
    };
    return { ...ended, state: run.kind === 'full' ? 'finished' : 'simulated' };
  }
  const share = (elapsed - step.from) / (step.to - step.from);
  const size = 'total' in step ? step.total : 500;
  const progress = { what: step.what, done: Math.round(size * share), ...('total' in step ? { total: size } : {}) };
  return { ...run, state: step.state, progress };
}

/** Says what the app would say about settings. */
function refuseSettings(settings: ConnectorSettings): void {
  try {
    parseSettings(settings);
  } catch (error) {
    if (error instanceof SettingsError) throw new Refusal('settings', error.message, error.field);
    throw error;
  }
}

/** Answers like the app, from memory. */
export function makeBackend(occasion: Occasion): (key: string, payload: unknown) => Result<unknown> {
  const world = makeWorld(occasion);
  const explanations = new Map<
    string,
    { readonly at: number; readonly user: string; readonly settings: ConnectorSettings | undefined }
  >();
  const surveys = new Map<string, { readonly at: number; readonly settings: ConnectorSettings | undefined }>();
  const people = occasion.data === 'much' ? 2_000 : 12;
  let ids = 0;
  const find = (id: string) => {
    const connector = world.connectors.get(id);
    if (connector === undefined) throw new Refusal('not-found', 'This connector does not exist any more.');
    return connector;
  };
  const findRun = (id: string) => {
    const entry = world.runs.get(id);
    if (entry === undefined) throw new Refusal('not-found', 'This run is not kept any more.');
    return entry.live ? { ...entry, run: advance(entry.run, entry.rows) } : entry;
  };
  const change = (id: string, part: Partial<Run>) => {
    const entry = findRun(id);
    world.runs.set(id, { ...entry, run: { ...entry.run, ...part } });
    return null;
  };
  const startLive = (id: string, kind: Run['kind'], part: Partial<Run> = {}) => {
    ids += 1;
    const run = makeRun(`run-live-${ids}`, id, find(id).settings.name, {
      kind,
      startedAt: Date.now(),
      startedBy: { kind: 'person', accountId: me },
      state: 'reading-source',
      ...part,
    });
    const rows = makeRows(people, 8, kind === 'full');
    world.runs.set(run.id, { run: { ...run, endedAt: undefined }, rows, live: true });
    return { runId: run.id };
  };
  const backend: Backend = {
    getMe: () => ({ productAdmin: true, organizationAdmin: occasion.me === 'organization' && world.directory.hasKey }),
    listConnectors: () =>
      [...world.connectors.values()].map(({ id, settings }, index) => {
        const runs = [...world.runs.keys()].map((key) => findRun(key).run).filter((run) => run.connectorId === id);
        const [lastRun] = runs
          .filter(({ endedAt }) => endedAt !== undefined)
          .toSorted((a, b) => b.startedAt - a.startedAt);
        const openRun = runs.find(({ endedAt }) => endedAt === undefined);
        return {
          id,
          name: settings.name,
          realm: settings.keycloak.realm,
          host: new URL(settings.keycloak.url).host,
          enabled: settings.enabled,
          missing: index === 1 ? ['Choose e-mail domains before the first full sync.'] : [],
          ...(lastRun === undefined ? {} : { lastRun }),
          ...(openRun === undefined ? {} : { openRun }),
          ...(settings.schedule.enabled ? { nextRunAt: Date.now() + 9 * hour } : {}),
          ...(index === 2 && !settings.schedule.enabled ? { pausedBecause: 'A plan was rejected.' } : {}),
        };
      }),
    getConnector: ({ connectorId: id }) => find(id),
    getDefaults: () => defaultSettings,
    saveConnector: ({ connectorId: id, settings, clientSecret }) => {
      if (settings.keycloak.realm === 'refused') {
        throw new Refusal('settings', 'The realm must not be called refused.', 'keycloak.realm');
      }
      refuseSettings(settings);
      const old = id === undefined ? undefined : find(id);
      ids += 1;
      const view: ConnectorView = {
        id: old?.id ?? `connector-new-${ids}`,
        revision: (old?.revision ?? 0) + 1,
        settings,
        hasSecret: old?.hasSecret === true || clientSecret !== undefined,
        savedAt: Date.now(),
      };
      world.connectors.set(view.id, view);
      return view;
    },
    setEnabled: ({ connectorId: id, enabled }) => {
      const old = find(id);
      const view = { ...old, settings: { ...old.settings, enabled } };
      world.connectors.set(id, view);
      return view;
    },
    listSettingsHistory: () => [
      { entry: '3', at: Date.now() - hour, by: me, changes: ['E-mail domains: added acme.example.'], current: true },
      { entry: '2', at: Date.now() - 5 * hour, changes: [], note: 'A plan was rejected.', current: false },
      { entry: '1', at: Date.now() - 9 * hour, by: 'account-2', changes: [], note: 'Created.', current: false },
    ],
    restoreSettings: ({ connectorId: id, entry, confirmation }) => {
      if (entry === '1' && confirmation !== 'remove') {
        throw new Refusal('settings', 'Accounts would be removed: type "remove" to confirm.', 'confirmation');
      }
      return find(id);
    },
    exportSettings: ({ connectorId: id }) => writeSettingsFile(find(id).settings),
    importSettings: ({ connectorId: id, rebind, clientSecret }) => {
      const old = find(id ?? 'connector-0');
      if (id !== undefined && rebind !== true) throw new Refusal('settings', 'Another realm: confirm it.', 'rebind');
      if (id !== undefined && clientSecret === undefined) {
        throw new Refusal('settings', 'Another realm: enter the client secret again.', 'clientSecret');
      }
      return { connector: old, notes: ['The groups that are always assigned are not in the file.'] };
    },
    cloneConnector: ({ connectorId: id, clientSecret }) => {
      const old = find(id);
      ids += 1;
      const name = `Copy of ${old.settings.name}`;
      const view = {
        ...old,
        id: `connector-new-${ids}`,
        hasSecret: clientSecret !== undefined,
        settings: { ...old.settings, name },
      };
      world.connectors.set(view.id, view);
      return view;
    },
    deleteConnector: ({ connectorId: id }) => {
      world.connectors.delete(id);
      return null;
    },
    testConnector: () => [
      { id: 'address', title: 'Address allowed', state: 'passed', message: '' },
      { id: 'reachable', title: 'Reachable', state: 'passed', message: 'Found at https://keycloak.acme.example/auth.' },
      { id: 'client', title: 'Client accepted', state: 'passed', message: '' },
      {
        id: 'write',
        title: 'Least privilege',
        state: 'warning',
        message: 'The client may also change users (manage-users). Take that role away: view-users is enough.',
      },
      {
        id: 'groups',
        title: 'Groups readable',
        state: 'failed',
        message: 'Keycloak refused to list groups (403). Give the service account the role view-users.',
      },
      { id: 'members', title: 'Members readable', state: 'skipped', message: 'Needs the groups.' },
    ],
    previewSchedule: ({ cron, timeZone }) => {
      const schedule = parseSchedule(cron, timeZone);
      return { words: describeSchedule(schedule), times: nextTimes(schedule, Date.now(), 5) };
    },
    getDirectory: () => world.directory,
    findOrganizations: () => [
      {
        orgId: 'org-1',
        name: 'Acme Corporation',
        directories: [
          { directoryId: 'dir-1', name: 'Acme directory' },
          { directoryId: 'dir-2', name: 'Sandbox directory' },
        ],
        products: [
          { resource: 'ari:cloud:jira::site/1', name: 'Jira (acme.atlassian.net)' },
          { resource: 'ari:cloud:confluence::site/1', name: 'Confluence (acme.atlassian.net)' },
        ],
      },
    ],
    saveDirectory: ({ orgId, directoryId, keyOwner, keyExpiresOn }) => {
      world.directory = {
        configured: true,
        hasKey: true,
        orgId,
        orgName: 'Acme Corporation',
        directoryId,
        directoryName: 'Acme directory',
        ...(keyOwner === undefined ? {} : { keyOwner }),
        ...(keyExpiresOn === undefined ? {} : { keyExpiresOn }),
      };
      return world.directory;
    },
    testDirectory: () => [
      { id: 'key', title: 'Key accepted', state: 'passed', message: '' },
      { id: 'directory', title: 'Organization and directory found', state: 'passed', message: 'Acme directory' },
      { id: 'write', title: 'Right to write', state: 'passed', message: '' },
    ],
    startSurvey: ({ settings }) => {
      ids += 1;
      surveys.set(`survey-${ids}`, { at: Date.now(), settings });
      return { surveyId: `survey-${ids}` };
    },
    getSurvey: ({ surveyId }) => {
      const survey = surveys.get(surveyId);
      const elapsed = Date.now() - (survey?.at ?? 0);
      if (elapsed < 700)
        return { state: 'reading', progress: { what: 'users', done: Math.round(elapsed), total: people } };
      const much = occasion.data === 'much';
      const directoryGroups = makeDirectoryGroups(occasion.groups ?? (much ? 5_000 : 5));
      return {
        state: 'done',
        result: { ...makeSurvey(people, much ? 400 : 5, survey?.settings ?? acme), directoryGroups },
      };
    },
    startExplain: ({ user, settings }) => {
      ids += 1;
      explanations.set(`explain-${ids}`, { at: Date.now(), user, settings });
      return { explainId: `explain-${ids}` };
    },
    getExplanation: ({ explainId }) => {
      const { at, user, settings } = explanations.get(explainId) ?? { at: 0, user: '', settings: undefined };
      const elapsed = Date.now() - at;
      if (user === 'slow' || elapsed < 700) {
        return { state: 'reading', progress: { what: 'users', done: Math.min(people, elapsed), total: people } };
      }
      if (user === 'broken') {
        return { state: 'failed', message: 'Keycloak does not answer: check that it is up, then ask again.' };
      }
      return { state: 'done', result: makeExplanation(user, settings) };
    },
    syncUser: ({ connectorId: id, kind, user, suspend = false }) =>
      startLive(id, kind, { only: { user: sourceUserId(user), suspend } }),
    adoptGroup: () => null,
    confirmMatches: () => null,
    listSuspended: () =>
      ['ben.ortega', 'carla.novak'].map((name, index) => ({
        user: name,
        accountId: `5b10${index}`,
        email: `${name}@acme.example`,
        suspendedAt: Date.UTC(2026, 10, 20 + index, 2),
      })),
    exportLinks: ({ connectorId: id }) => ({ ...makeLinksFile(find(id).id), parts: 1, state: 'now' }),
    importLinks: ({ file: { accounts, groups } }) => {
      if (accounts.length > 3_000)
        throw new Refusal('server-error', 'The store does not answer. Try again in a minute.');
      return { accounts: accounts.length, groups: groups.length };
    },
    takeOwnership: ({ user }) => {
      if (user.endsWith('7')) {
        throw new Refusal(
          'settings',
          'The account is suspended by the connector "Acme Europe": reactivate it there first.',
        );
      }
      return null;
    },
    restoreSuspended: ({ connectorId, kind }) => startLive(connectorId, kind, { undoes: 'own suspensions' }),
    acceptOutage: () => null,
    releaseGroup: () => null,
    releaseAccount: () => null,
    startRun: ({ connectorId: id, kind }) => startLive(id, kind),
    listRuns: ({ connectorId: id }) =>
      [...world.runs.keys()].map((key) => findRun(key).run).filter((run) => id === undefined || run.connectorId === id),
    getRun: ({ runId: id }) => findRun(id).run,
    getReport: ({ runId: id, part }) => findRun(id).rows.slice(part * 500, (part + 1) * 500),
    cancelRun: ({ runId: id }) => change(id, { cancelRequestedBy: me }),
    approveRun: ({ runId: id, planHash, reason, selection = { kind: 'all' } }) =>
      change(id, {
        state: 'finished',
        endedAt: Date.now(),
        approval: { by: me, at: Date.now(), planHash, reason, selection },
      }),
    rejectRun: ({ runId: id }) => change(id, { state: 'cancelled', endedAt: Date.now() }),
    applyPlan: ({ runId: id, planHash, reason, selection }) => {
      const { run: shown } = findRun(id);
      const approval = { by: me, at: Date.now(), planHash, reason, selection };
      return startLive(shown.connectorId, 'full', { applies: shown.id, approval });
    },
    undoRun: ({ runId: id, kind }) => {
      const { run: undone } = findRun(id);
      return startLive(undone.connectorId, kind, { undoes: undone.id });
    },
  };
  const functions = new Map<string, (payload: never) => unknown>(Object.entries(backend));
  return (key, payload) => {
    if (key === occasion.fail) {
      return {
        ok: false,
        error: { code: 'server-error', message: 'The store does not answer. Try again in a minute.' },
      };
    }
    try {
      const run = functions.get(key);
      if (run === undefined) throw new Refusal('unknown-function', `The fake bridge does not play ${key}.`);
      // The page's own types say that payload and function belong together; here they come apart as text and data.
      return { ok: true, value: run(payload as never) };
    } catch (error) {
      if (error instanceof SettingsError) {
        return { ok: false, error: { code: 'settings', message: error.message, field: error.field } };
      }
      if (!(error instanceof Refusal)) throw error;
      const field = error.field === undefined ? {} : { field: error.field };
      return { ok: false, error: { code: error.code, message: error.message, ...field } };
    }
  };
}
