import type { Page } from 'playwright-core';
import type { Demo } from '../../dev/demo/open-demo';
import { demoKey } from '../../dev/demo/organization';
import { sampleSettings } from '../../dev/demo/fill-in';
import type { AdminClient } from '../../dev/keycloak/admin';
import type { GroupRepresentation, RealmRepresentation } from '../../dev/keycloak/representation';
import { sampleDomain } from '../../dev/keycloak/sample';
import { keycloakAddress } from '../../dev/stage';
import type { Api, FunctionKey } from '../../src/api';
import { givesFocusBack, isFocused, press, tabTo, typeInto } from './keyboard';
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

/** Sets up the directory through the app's own function. */
export async function prepareDirectory(demo: Demo): Promise<void> {
  const { organization } = demo.stage.atlassian;
  await ask(demo, 'saveDirectory', {
    key: demoKey,
    orgId: organization.id,
    directoryId: organization.directoryId(),
    keyOwner: 'Site Administrator',
    keyExpiresOn: '2027-06-30',
  });
}

/** Sets up directory and connector through the app's own functions; the walk begins at the list. */
export async function prepare(demo: Demo, realm: string, secret: string): Promise<void> {
  const { organization } = demo.stage.atlassian;
  demo.stage.platform.egress.approve(keycloakAddress);
  await prepareDirectory(demo);
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
  await press(page, app.getByRole('link', { name: 'Staff', exact: true }), 'Enter');
  // Tabs are one stop of the Tab key; the arrows lead on.
  await press(page, app.getByRole('tab', { name: 'Keycloak' }), 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await app.getByRole('tab', { name: 'Group Provisioning', selected: true }).waitFor(patience);
  await press(page, app.getByRole('button', { name: 'Adopt Marketing (add only)' }), 'Enter');
  await app.getByRole('button', { name: 'Release Marketing' }).waitFor(patience);
  await look('13-adopt-groups');
  await simulate(page);
  const confirm = app.getByRole('button', { name: /^Confirm \d+ match/ });
  await confirm.waitFor(patience);
  // Those where not everything agrees are looked at one by one; here the administrator knows them.
  const matches = app.getByRole('region', { name: 'Matches to confirm' });
  for (const box of await matches.getByRole('checkbox').all()) {
    if (!(await box.isChecked())) await press(page, box, 'Space');
  }
  await matches.scrollIntoViewIfNeeded();
  await look('14-confirm-matches');
  const confirmed = Number(/\d+/.exec((await confirm.textContent()) ?? '')?.[0]);
  await press(page, confirm, 'Enter');
  await app.getByText('All matches are confirmed').waitFor(patience);
  return confirmed;
}

async function simulate(page: Page): Promise<void> {
  const app = appFrame(page);
  await toList(page);
  await press(page, app.getByRole('button', { name: 'Simulate Staff' }), 'Enter');
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
  await press(page, app.getByRole('button', { name: `Apply this step: ${step}` }), 'Enter');
  await typeInto(page, app.getByLabel('Reason'), 'The first sync.');
  await press(page, app.getByRole('dialog').getByRole('button', { name: 'Apply', exact: true }), 'Enter');
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
  await press(page, app.getByRole('button', { name: 'Sync Staff' }), 'Enter');
  await press(page, app.getByRole('dialog').getByRole('button', { name: 'Sync', exact: true }), 'Enter');
  await app.getByRole('heading', { name: 'This run waits for your approval' }).waitFor(patience);
  await app.getByRole('heading', { name: /^What stands to be taken/ }).waitFor(patience);
}

/** The buttons of a held run whose dialog, closed with Escape, does not give the focus back; none is right. */
export async function findLostFocus(page: Page): Promise<readonly string[]> {
  const app = appFrame(page);
  const lost: string[] = [];
  for (const name of ['Approve all', 'Approve without removals', 'Reject']) {
    const opener = app.getByRole('button', { name, exact: true });
    if (!(await givesFocusBack(page, opener, app.getByRole('dialog')))) lost.push(name);
  }
  return lost;
}

/** Decides on a held run. The number to type where people lose access is read from the dialog itself. */
export async function approve(page: Page, how: 'Approve all' | 'Approve without removals'): Promise<void> {
  const app = appFrame(page);
  await press(page, app.getByRole('button', { name: how }), 'Enter');
  await typeInto(page, app.getByLabel('Reason'), 'Asked the team leads.');
  const number = app.getByLabel(/^Type \d+, the number/);
  if ((await number.count()) > 0) {
    const label = (await app.getByText(/^Type \d+, the number/).textContent()) ?? '';
    await typeInto(page, number, /\d+/.exec(label)?.[0] ?? '');
  }
  await press(page, app.getByRole('button', { name: 'Approve and apply' }), 'Enter');
  await ended(page);
}

/** Walks through the part of a plan that one person is, without approving it. */
export async function lookAtPart(page: Page, name: string, look: Look): Promise<string> {
  const app = appFrame(page);
  await press(page, app.getByRole('button', { name: 'Approve a part' }), 'Enter');
  await typeInto(page, app.getByLabel('Search people'), name);
  await press(page, app.getByRole('checkbox', { name: /^Choose all \d+ shown/ }), 'Space');
  const count = (await app.getByText(/changes? chosen/).textContent()) ?? '';
  await look('17-approve-a-part');
  await press(page, app.getByRole('button', { name: 'Back' }), 'Enter');
  await app.getByRole('button', { name: 'Approve a part' }).waitFor(patience);
  if (!(await isFocused(app.getByRole('heading', { name: 'Plan', exact: true }))))
    throw new Error('The focus is lost.');
  return count;
}

export async function reject(page: Page): Promise<void> {
  const app = appFrame(page);
  await press(page, app.getByRole('button', { name: 'Reject' }), 'Enter');
  await typeInto(page, app.getByLabel('Reason'), 'Not before Monday.');
  await press(page, app.getByRole('button', { name: 'Reject plan' }), 'Enter');
  await app.getByText('The plan was rejected: Not before Monday.').waitFor(patience);
}

/** Resumes the schedule that a rejection or an undo paused. */
export async function resume(page: Page, look: Look, name: string): Promise<void> {
  const app = appFrame(page);
  await toList(page);
  const button = app.getByRole('button', { name: 'Resume the schedule of Staff' });
  await button.waitFor(patience);
  await look(name);
  await press(page, button, 'Enter');
  await button.waitFor({ ...patience, state: 'detached' });
}

/** Undoes the run that is shown. */
export async function undo(page: Page, look: Look): Promise<void> {
  const app = appFrame(page);
  await press(page, app.getByRole('button', { name: 'Undo …' }), 'Enter');
  await app.getByRole('heading', { name: 'What is put back' }).waitFor(patience);
  await look('18-undo');
  await typeInto(page, app.getByLabel('Type “undo” to confirm'), 'undo');
  await press(page, app.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }), 'Enter');
  await app.getByText('Undoes the run of').waitFor(patience);
  await ended(page);
}

/** Exports the links and imports the same file, as far as the simulation of it; gives what the dialog says of the file. */
export async function carryLinks(page: Page, look: Look): Promise<readonly string[]> {
  const app = appFrame(page);
  await toList(page);
  const saved = page.waitForEvent('download', patience);
  await chooseMore(page, 'Export links');
  const file = await (await saved).path();
  await chooseMore(page, 'Import links');
  const field = app.getByLabel('File', { exact: true });
  await tabTo(page, field);
  // The window in which a file is chosen is the browser's.
  await field.setInputFiles(file);
  await app.getByText('Nothing is linked now').waitFor(patience);
  await look('26-import-links');
  const facts = await app.getByRole('dialog').getByRole('definition').allTextContents();
  await press(page, app.getByRole('button', { name: 'Import and simulate' }), 'Enter');
  await app.getByText('This was a simulation: nothing was written').waitFor(patience);
  await look('27-imported-links');
  return facts;
}

/** Opens the menu of the connector and goes down to an entry. */
export async function chooseMore(page: Page, entry: string): Promise<void> {
  const app = appFrame(page);
  await press(page, app.getByRole('button', { name: 'More for Staff', exact: true }), 'Enter');
  const item = app.getByRole('menuitem', { name: entry, exact: true });
  await item.waitFor(patience);
  const names = await app.getByRole('menuitem').allTextContents();
  for (let steps = names.indexOf(entry); steps > 0; steps -= 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

/** Back to the list of connectors. */
export async function toList(page: Page): Promise<void> {
  const app = appFrame(page);
  const staff = app.getByRole('link', { name: 'Staff', exact: true });
  // On the list itself nothing leads to it.
  if ((await staff.count()) > 0) return;
  await press(page, app.getByRole('link', { name: 'User & Group Sync' }).first(), 'Enter');
  await staff.waitFor(patience);
}

async function ended(page: Page): Promise<void> {
  await appFrame(page)
    .getByText(/^Finished/)
    .first()
    .waitFor(patience);
}
