import type { Page } from 'playwright-core';
import type { Demo } from '../../dev/demo/open-demo';
import { demoKey } from '../../dev/demo/organization';
import { sampleSettings } from '../../dev/demo/fill-in';
import type { AdminClient } from '../../dev/keycloak/admin';
import type { GroupRepresentation, RealmRepresentation } from '../../dev/keycloak/representation';
import { sampleDomain } from '../../dev/keycloak/sample';
import { keycloakAddress } from '../../dev/stage';
import type { Api, FunctionKey } from '../../src/api';
import { appFrame, type Look } from './walk';

const patience = { timeout: 120_000 };

/** Who is put through what, between two syncs. */
export interface Cast {
  /** Disabled in Keycloak: they lose access. */
  readonly leavers: readonly string[];
  /** Out of one small group: more than its limit. */
  readonly movers: readonly string[];
  readonly group: string;
  readonly joiner: string;
}

/** Sets up directory and connector through the app's own functions; the walk begins at the list. */
export async function prepare(demo: Demo, realm: string, secret: string): Promise<void> {
  const { organization } = demo.stage.atlassian;
  demo.stage.platform.egress.approve(keycloakAddress);
  await ask(demo, 'saveDirectory', {
    key: demoKey,
    orgId: organization.id,
    directoryId: organization.directoryId(),
    keyOwner: 'Site Administrator',
    keyExpiresOn: '2027-06-30',
  });
  const settings = sampleSettings(organization);
  await ask(demo, 'saveConnector', {
    clientSecret: secret,
    settings: {
      ...settings,
      keycloak: { ...settings.keycloak, realm },
      schedule: { enabled: true, cron: '0 2 * * *', timeZone: 'UTC' },
    },
  });
}

async function ask<Key extends FunctionKey>(demo: Demo, key: Key, payload: Api[Key]['payload']): Promise<void> {
  const answer = await demo.stage.call(key, payload, demo.admin);
  if (!answer.ok) throw new Error(`${key}: ${answer.error.message}`);
}

/** Adopts a group in the editor, and confirms the accounts that a first simulation is not sure about. */
export async function adopt(page: Page, look: Look): Promise<number> {
  const app = appFrame(page);
  await app.getByRole('link', { name: 'Staff' }).click(patience);
  await app.getByRole('tab', { name: 'Group Provisioning' }).click();
  await app.getByRole('button', { name: 'Adopt Marketing (add only)' }).click(patience);
  await app.getByRole('button', { name: 'Release Marketing' }).waitFor(patience);
  await look('13-adopt-groups');
  await simulate(page);
  const confirm = app.getByRole('button', { name: /^Confirm \d+ match/ });
  await confirm.waitFor(patience);
  // Those where not everything agrees are looked at one by one; here the administrator knows them.
  for (const box of await app.getByRole('region', { name: 'Matches to confirm' }).getByRole('checkbox').all()) {
    await box.check();
  }
  await look('14-confirm-matches');
  const confirmed = Number(/\d+/.exec((await confirm.textContent()) ?? '')?.[0]);
  await confirm.click();
  await app.getByText('All matches are confirmed').waitFor(patience);
  return confirmed;
}

async function simulate(page: Page): Promise<void> {
  const app = appFrame(page);
  await toList(page);
  await app.getByRole('button', { name: 'Simulate Staff' }).click(patience);
  await app.getByText('This was a simulation: nothing was written').waitFor(patience);
}

/** The first full run in its steps, as far as `afterStep` is told of them: links, then additions. */
export async function applyInSteps(page: Page, look: Look, afterLinks: () => void): Promise<void> {
  const app = appFrame(page);
  await simulate(page);
  const plan = page.url();
  await app.getByRole('button', { name: 'Apply this step: Link only' }).waitFor(patience);
  await look('15-three-steps');
  await applyStep(page, 'Link only');
  afterLinks();
  await page.goto(plan);
  await applyStep(page, 'Additions');
}

async function applyStep(page: Page, step: string): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('button', { name: `Apply this step: ${step}` }).click(patience);
  await app.getByLabel('Reason').fill('The first sync.');
  await app.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true }).click();
  await app.getByText('Applies the plan of').waitFor(patience);
  await ended(page);
}

/** Changes the realm so that the next plan goes over a limit of a group: two leave, four move, one joins. */
export async function changeRealm(admin: AdminClient, realm: RealmRepresentation): Promise<Cast> {
  const path = '/Project Phoenix';
  const usual = realm.users.filter(
    ({ enabled, emailVerified, email = '', groups = [] }) =>
      enabled && emailVerified === true && email.endsWith(`@${sampleDomain}`) && groups.includes('/Everyone'),
  );
  const movers = usual.filter(({ groups = [] }) => groups.includes(path)).slice(0, 5);
  const leavers = usual.filter((user) => user.groups?.includes(path) === false).slice(20, 22);
  const group = realm.groups.find((each: GroupRepresentation) => `/${each.name}` === path);
  const idOf = async (username: string) => (await admin.findUser(realm.realm, username)) ?? '';
  for (const { username } of movers) await admin.leaveGroup(realm.realm, await idOf(username), group?.id ?? '');
  for (const { username } of leavers) await admin.updateUser(realm.realm, await idOf(username), { enabled: false });
  const joiner = `zoe.newcomer@${sampleDomain}`;
  await admin.createUser(realm.realm, {
    username: 'zoe.newcomer',
    email: joiner,
    firstName: 'Zoe',
    lastName: 'Newcomer',
    enabled: true,
    emailVerified: true,
    groups: ['/Everyone'],
  });
  const emailsOf = (users: typeof usual) => users.map(({ email = '' }) => email);
  return { movers: emailsOf(movers), leavers: emailsOf(leavers), group: 'Project Phoenix', joiner };
}

/** Starts a full run from the list, which is then held. */
export async function syncUntilHeld(page: Page): Promise<void> {
  const app = appFrame(page);
  await toList(page);
  await app.getByRole('button', { name: 'Sync Staff' }).click(patience);
  await app.getByRole('dialog').getByRole('button', { name: 'Sync', exact: true }).click();
  await app.getByRole('heading', { name: 'This run waits for your approval' }).waitFor(patience);
  await app.getByRole('heading', { name: /^What stands to be taken/ }).waitFor(patience);
}

/** Decides on a held run. The number to type where people lose access is read from the dialog itself. */
export async function approve(page: Page, how: 'Approve all' | 'Approve without removals'): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('button', { name: how }).click(patience);
  await app.getByLabel('Reason').fill('Asked the team leads.');
  const number = app.getByLabel(/^Type \d+, the number/);
  if ((await number.count()) > 0) {
    const label = (await app.getByText(/^Type \d+, the number/).textContent()) ?? '';
    await number.fill(/\d+/.exec(label)?.[0] ?? '');
  }
  await app.getByRole('button', { name: 'Approve and apply' }).click();
  await ended(page);
}

/** Walks through the part of a plan that one person is, without approving it. */
export async function lookAtPart(page: Page, name: string, look: Look): Promise<string> {
  const app = appFrame(page);
  await app.getByRole('button', { name: 'Approve a part' }).click(patience);
  await app.getByLabel('Search people').fill(name);
  await app.getByRole('checkbox', { name: /^Choose all \d+ shown/ }).check();
  const count = (await app.getByText(/changes? chosen/).textContent()) ?? '';
  await look('17-approve-a-part');
  await app.getByRole('button', { name: 'Back' }).click();
  return count;
}

export async function reject(page: Page): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('button', { name: 'Reject' }).click(patience);
  await app.getByLabel('Reason').fill('Not before Monday.');
  await app.getByRole('button', { name: 'Reject plan' }).click();
  await app.getByText('The plan was rejected: Not before Monday.').waitFor(patience);
}

/** Resumes the schedule that a rejection or an undo paused. */
export async function resume(page: Page, look: Look, name: string): Promise<void> {
  const app = appFrame(page);
  await toList(page);
  await app.getByRole('button', { name: 'Resume the schedule of Staff' }).waitFor(patience);
  await look(name);
  await app.getByRole('button', { name: 'Resume the schedule of Staff' }).click();
  await app.getByRole('button', { name: 'Resume the schedule of Staff' }).waitFor({ ...patience, state: 'detached' });
}

/** Undoes the run that is shown. */
export async function undo(page: Page, look: Look): Promise<void> {
  const app = appFrame(page);
  await app.getByRole('button', { name: 'Undo …' }).click(patience);
  await app.getByRole('heading', { name: 'What is put back' }).waitFor(patience);
  await look('18-undo');
  await app.getByLabel('Type “undo” to confirm').fill('undo');
  await app.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
  await app.getByText('Undoes the run of').waitFor(patience);
  await ended(page);
}

async function toList(page: Page): Promise<void> {
  const app = appFrame(page);
  // On the list itself nothing leads to it.
  if ((await app.getByRole('link', { name: 'Staff' }).count()) > 0) return;
  await app.getByRole('link', { name: 'User & Group Sync' }).first().click(patience);
  await app.getByRole('link', { name: 'Staff' }).waitFor(patience);
}

async function ended(page: Page): Promise<void> {
  await appFrame(page)
    .getByText(/^Finished/)
    .first()
    .waitFor(patience);
}
