import { groupScope } from '../../domain/model';
import type { ChangeKind } from '../../../src/domain/change';
import { explainUser } from '../../../src/domain/explain';
import { rulesFingerprint } from '../../../src/domain/guards';
import { narrowPlan } from '../../../src/domain/narrow-plan';
import { planSyncUser } from '../../../static/admin/src/explain/plan-sync-user';
import {
  accountLink,
  directory,
  directoryAccount,
  directoryGroup,
  groupLink,
  issuer,
  keycloakGroupId,
  links,
  now,
  planInput,
  settings,
  source,
  sourceGroup,
  user,
  userId,
} from '../../domain/model';

const scope = groupScope([keycloakGroupId('staff')], false);
const input = planInput({
  source: source(
    [
      user('moved', { groups: ['staff', 'devs'] }),
      user('calm', { groups: ['staff'] }),
      user('disabled', { groups: ['staff'], enabled: false }),
      user('left', { groups: ['devs'] }),
    ],
    [sourceGroup('staff'), sourceGroup('devs')],
  ),
  directory: directory(
    ['moved', 'calm', 'disabled', 'left', 'gone'].map((name) => directoryAccount(name, { groups: ['staff'] })),
    [directoryGroup('staff')],
  ),
  links: links(
    ['moved', 'calm', 'disabled', 'left', 'gone'].map((name) => accountLink(name)),
    [groupLink('staff')],
  ),
  settings: settings({ scope }),
});
const guards = {
  preset: 'strict',
  memory: { deprovisioned: [], recent: [] },
  rules: rulesFingerprint(input.settings),
  issuer,
  now,
} as const;
const explained = (name: string) => explainUser(input, userId(name), guards);

describe('what the dialog says of a sync of one person', () => {
  it.each<[string, string, boolean, readonly ChangeKind[], { mayDeactivate: boolean; cleanup: boolean }]>([
    ['names what changes', 'moved', false, ['create-group', 'add-member'], { mayDeactivate: false, cleanup: false }],
    ['names nothing where nothing changes', 'calm', true, [], { mayDeactivate: false, cleanup: false }],
    ['asks before it deactivates', 'disabled', false, [], { mayDeactivate: true, cleanup: false }],
    ['deactivates once it is told to', 'disabled', true, ['suspend'], { mayDeactivate: true, cleanup: false }],
    ['leaves cleanup to others for who left the scope', 'left', true, [], { mayDeactivate: false, cleanup: true }],
  ])('%s', (_sentence, name, suspend, kinds, rest) => {
    const { changes, ...others } = planSyncUser(explained(name), suspend);
    expect(changes.map(({ kind }) => kind)).toEqual(kinds);
    expect(others).toEqual(rest);
  });

  it('is what the app plans for each of these people', () => {
    for (const name of ['moved', 'calm', 'disabled', 'left', 'gone']) {
      for (const suspend of [true, false]) {
        const planned = narrowPlan(input, { user: userId(name), suspend }).changes;
        const said = planSyncUser(explained(name), suspend).changes;
        expect({ name, said: said.map(({ kind }) => kind) }).toEqual({ name, said: planned.map(({ kind }) => kind) });
      }
    }
  });
});
