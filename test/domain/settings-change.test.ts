import type { ConnectorSettings } from '../../src/domain/connector';
import { groupId, sourceGroupId } from '../../src/domain/identity';
import { describeSettingsChange } from '../../src/domain/settings-change';
import { settings } from './model';

const before = settings();
const { users, groups, cleanup, schedule, keycloak, approval } = before;
const [emailRow, ...nameRows] = users.mapping;
if (emailRow === undefined) throw new Error('the standard mapping has rows');

const change = (part: Partial<ConnectorSettings>): ConnectorSettings => ({ ...before, ...part });
const ruled = {
  groupIds: [sourceGroupId('k-staff')],
  rules: [{ of: 'path', test: 'prefix', text: '/staff/' }],
} as const;

describe('a change of settings', () => {
  it.each<[string, ConnectorSettings, readonly string[]]>([
    ['that changes nothing has no words', change({}), []],
    ['names the old name and the new one', change({ name: 'People' }), [`Name: "${before.name}" became "People".`]],
    ['says that the connector is switched off', change({ enabled: false }), ['Connector: switched off.']],
    [
      'names another realm and a login realm that was none',
      change({ keycloak: { ...keycloak, realm: 'other', loginRealm: 'master' } }),
      [`Realm: "${keycloak.realm}" became "other".`, 'Login realm: nothing became "master".'],
    ],
    [
      'tells required groups by id and by rule',
      change({
        scope: { kind: 'groups', include: ruled, exclude: { groupIds: [], rules: [] }, match: 'all', subGroups: true },
      }),
      [
        'In scope: "whole realm" became "groups".',
        'Required groups: added the group "k-staff", path begins with "/staff/".',
        'Required groups, member of: "any" became "all".',
        'Required groups with sub-groups: switched on.',
      ],
    ],
    [
      'names added and removed domains',
      change({ users: { ...users, emailDomains: ['new.example'] } }),
      [`E-mail domains: added new.example; removed ${users.emailDomains.join(', ')}.`],
    ],
    [
      'counts what is too long to be named',
      change({
        users: {
          ...users,
          emailDomains: [
            ...users.emailDomains,
            ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((each) => `${each}.example`),
          ],
        },
      }),
      ['E-mail domains: added a.example, b.example, c.example, d.example, e.example and 2 more.'],
    ],
    [
      'tells a row of the mapping whole',
      change({
        users: {
          ...users,
          mapping: [
            { ...emailRow, transformations: [{ kind: 'regex', pattern: '^x', replacement: 'y' }] },
            ...nameRows,
          ],
        },
      }),
      [
        'Attribute mapping: added email from ${email}, the first value, replace what matches "^x" by "y", else the person left out; removed email from ${email}, the first value, trim, lower case, else the person left out.',
      ],
    ],
    [
      'tells rows in another order',
      change({ users: { ...users, mapping: [...nameRows, emailRow] } }),
      ['Attribute mapping: in another order.'],
    ],
    [
      'tells groups that are always assigned or never emptied',
      change({
        groups: {
          ...groups,
          alwaysAssign: [groupId('g1')],
          neverRemove: [groupId('g2')],
          createMissing: !groups.createMissing,
        },
      }),
      [
        'Always assigned groups: added g1.',
        'Groups that nobody is removed from: added g2.',
        `Create missing groups: switched ${groups.createMissing ? 'off' : 'on'}.`,
      ],
    ],
    [
      'tells the cleanup with its grace period',
      change({ cleanup: { ...cleanup, behaviour: 'remove', graceDays: 14 } }),
      [`Cleanup: "${cleanup.behaviour}" became "remove".`, `Grace period in days: ${cleanup.graceDays} became 14.`],
    ],
    [
      'tells when runs start in words',
      change({ schedule: { enabled: !schedule.enabled, cron: '30 4 * * *', timeZone: 'Europe/Berlin' } }),
      [
        `Schedule: switched ${schedule.enabled ? 'off' : 'on'}.`,
        expect.stringMatching(/^Scheduled: ".*" became "Daily at 04:30 \(Europe\/Berlin\)"\.$/) as string,
      ],
    ],
    ['tells the rules of approval', change({ approval: { ...approval, fourEyes: true } }), ['Four eyes: switched on.']],
  ])('%s', (_, after, words) => {
    expect(describeSettingsChange(before, after)).toEqual(words);
  });

  it('is told for every single setting', () => {
    const silent = listLeaves(before).filter((path) => {
      const after = structuredClone(before);
      alter(after, path);
      return describeSettingsChange(before, after).length === 0;
    });
    expect(silent).toEqual(['version']);
  });
});

/** Paths of everything that is no object; lists count as one value, and so does what decides on the fields beside it. */
function listLeaves(value: object, path: readonly string[] = []): readonly string[] {
  return Object.entries(value).flatMap(([key, field]: [string, unknown]) => {
    const here = [...path, key];
    const isPart = typeof field === 'object' && field !== null && !Array.isArray(field) && !('kind' in field);
    return isPart ? listLeaves(field, here) : [here.join('.')];
  });
}

function alter(settings: object, path: string): void {
  const names = path.split('.');
  const [last = ''] = names.splice(-1);
  let part = settings as Record<string, unknown>; // plain data, walked by names that it has
  for (const name of names) part = part[name] as Record<string, unknown>; // the same
  const value = part[last];
  if (typeof value === 'boolean') part[last] = !value;
  else if (typeof value === 'number') part[last] = value + 1;
  else if (typeof value === 'string') part[last] = `${value}x`;
  else if (Array.isArray(value))
    part[last] =
      path === 'users.mapping'
        ? value.slice(1)
        : path.endsWith('ransformations') || path.endsWith('rules') || path.endsWith('productAccess')
          ? [sampleOf(path)]
          : [...(value as unknown[]), 'more'];
  else
    part[last] = {
      kind: path === 'scope' ? 'groups' : 'chosen',
      include: ruled,
      exclude: { groupIds: [], rules: [] },
      match: 'any',
      subGroups: false,
    };
}

function sampleOf(path: string): unknown {
  if (path.endsWith('ransformations')) return { kind: 'trim' };
  return path.endsWith('rules') ? { of: 'name', test: 'exact', text: 'x' } : { resource: 'r', role: 'o' };
}
