import type { Page } from 'playwright-core';
import type { Demo } from '../../dev/demo/open-demo';
import type { AdminClient } from '../../dev/keycloak/admin';
import type { RealmRepresentation } from '../../dev/keycloak/representation';
import {
  adopt,
  applyInSteps,
  approve,
  changeRealm,
  chooseMore,
  lookAtPart,
  prepare,
  syncUntilHeld,
  toList,
} from './hold-walk';
import { press, tabTo, typeInto } from './keyboard';
import { appFrame, type Look } from './walk';

const patience = { timeout: 120_000 };

/** Walks from the adoption of a group to a run that was approved, and to what can be done about it, with a look at each screen. */
export async function lookAtApproval(
  page: Page,
  demo: Demo,
  admin: AdminClient,
  realm: RealmRepresentation,
  secret: string,
  look: Look,
): Promise<void> {
  const app = appFrame(page);
  await prepare(demo, realm.realm, secret);
  await page.reload();
  await adopt(page, look);
  await applyInSteps(page, look, () => undefined);
  const { movers, leavers } = await changeRealm(admin, realm);

  const [mover = ''] = movers;
  await toList(page);
  await press(page, app.getByRole('button', { name: /^Explain a user of/ }), 'Enter');
  await typeInto(page, app.getByLabel('User name, e-mail address or id'), leavers[0] ?? '');
  await page.keyboard.press('Enter');
  await app.getByRole('heading', { name: 'Safety limits' }).waitFor(patience);
  await tabTo(page, app.getByRole('button', { name: 'Explain', exact: true }));
  await look('19-explain');

  await syncUntilHeld(page);
  await look('16-held');
  await lookAtPart(page, mover, look);
  await approve(page, 'Approve all');

  await press(page, app.getByRole('button', { name: 'Undo …' }), 'Enter');
  await app.getByRole('heading', { name: 'What is put back' }).waitFor(patience);
  await look('18-undo');
  // A message that was dismissed for the picture took the focus out of the app, where Escape is not heard.
  await press(page, app.getByRole('dialog').getByRole('button', { name: 'Back' }), 'Enter');

  await toList(page);
  await chooseMore(page, 'Delete');
  await app.getByRole('button', { name: 'Simulate restoring them' }).waitFor(patience);
  await look('20-delete');
}
