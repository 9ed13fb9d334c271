import type { Page } from 'playwright-core';
import { toTab } from './tabs-walk';
import { appFrame } from './walk';

const summaries = ['Except members of some groups (1)', 'Always assign groups (1)', 'Never remove groups (1)'] as const;

/** What the five tabs show of the settings that the walk chose, tab by tab. */
export async function readShown(page: Page) {
  const app = appFrame(page);
  const value = (label: string | RegExp) => app.getByLabel(label).inputValue();
  const isOn = (label: string) => app.getByLabel(label, { exact: true }).isChecked();
  const isChosen = (name: string | RegExp) => app.getByRole('radio', { name }).isChecked();
  const isTicked = (region: string, name: string) =>
    app.getByRole('region', { name: region }).getByRole('checkbox', { name, exact: true }).isChecked();
  const isFoldedOut = (summary: string) =>
    app.locator('details[open] > summary').getByText(summary, { exact: true }).isVisible();
  const [excepted, assigned, kept] = summaries;

  await toTab(page, 'Keycloak');
  const keycloak = [await value(/^Name/), await value('Keycloak URL'), await value(/^Realm/), await value('Client ID')];
  await toTab(page, 'Required Groups');
  await app.getByRole('region', { name: 'Picked excepted groups' }).waitFor();
  const scope = {
    groups: await isChosen(/^Groups/),
    picked: await app.locator('.picked-path').allTextContents(),
    how: await value('How'),
    rule: await app.getByRole('textbox', { name: 'Text' }).inputValue(),
    excepted: await isFoldedOut(excepted),
  };
  await toTab(page, 'User Provisioning');
  const users = {
    domain: await isTicked('E-mail domains', 'example.com'),
    create: await isOn('Create accounts'),
    mail: await isOn('Mail new accounts'),
    reactivate: await isOn('Reactivate'),
    names: await isOn('Update names'),
    emails: await isOn('Update e-mails'),
    relink: await value('Attribute that tells who came back'),
  };
  await toTab(page, 'Group Provisioning');
  const groups = {
    chosen: await isChosen(/^Chosen groups/),
    picked: await app.getByRole('region', { name: 'Picked groups to sync' }).locator('.picked-path').allTextContents(),
    from: await value('Name from'),
    separator: await value('Separator'),
    step: await app.getByLabel('Transformation 1', { exact: true }).inputValue(),
    prefix: await value('Prefix'),
    assigned: [await isFoldedOut(assigned), await isTicked('groups that are always assigned', 'Book Club')],
    kept: [await isFoldedOut(kept), await isTicked('groups that nobody is removed from', 'Finance')],
  };
  await toTab(page, 'Sync Settings');
  const sync = {
    remove: await isChosen(/^Remove from the directory/),
    grace: await value('Grace period in days'),
    scheduled: await isOn('Scheduled synchronization'),
    weekly: await isChosen('Weekly'),
    zone: await app.getByRole('combobox', { name: 'Time zone' }).inputValue(),
    limits: await isChosen(/^Normal/),
    fourEyes: await isOn('Four eyes'),
  };
  return { keycloak, scope, users, groups, sync };
}
