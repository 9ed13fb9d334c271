import type { Change } from '../../src/domain/change';
import { describeChange } from '../../src/domain/describe-change';
import { account, atlassianGroupId, keycloakGroupId, userId } from './model';

const reason = 'Because.';
const person = { user: userId('anna'), accountId: account('anna'), reason };
const devs = { group: keycloakGroupId('devs'), groupId: atlassianGroupId('devs') };

describe('a change reads', () => {
  it.each<[Change, string, string]>([
    [{ kind: 'create-group', group: devs.group, name: 'devs', reason }, 'Create group "devs".', 'Create group "devs".'],
    [
      { kind: 'adopt-group', ...devs, name: 'devs', origin: 'adopted', mode: 'add-only', reason },
      'Adopt group "devs" (add only).',
      'Adopt group "devs" (add only).',
    ],
    [
      { kind: 'adopt-group', ...devs, name: 'devs', origin: 'created', mode: 'take-over', reason },
      'Link group "devs" (take over).',
      'Link group "devs" (take over).',
    ],
    [
      { kind: 'invite', user: person.user, email: 'anna@example.com', displayName: 'Anna Example', reason },
      'Invite Anna Example (anna@example.com).',
      'Invite Anna Example (anna@example.com).',
    ],
    [
      { kind: 'adopt-account', ...person, email: 'anna@example.com' },
      'Adopt the existing account of anna@example.com.',
      'Adopt the existing account of Anna.',
    ],
    [{ kind: 'restore', ...person }, 'Reactivate the account.', 'Reactivate Anna.'],
    [
      {
        kind: 'update-profile',
        ...person,
        fields: {
          jobTitle: { before: 'Clerk', after: '' },
          displayName: { before: 'A', after: 'B' },
          location: { after: 'Bonn' },
        },
      },
      'Name from "A" to "B"; job title from "Clerk" to nothing; location from nothing to "Bonn".',
      'Anna: Name from "A" to "B"; job title from "Clerk" to nothing; location from nothing to "Bonn".',
    ],
    [
      { kind: 'update-email', ...person, before: 'a@example.com', after: 'b@example.com' },
      'Change the e-mail address from a@example.com to b@example.com: signs the person out everywhere.',
      'Change the e-mail address of Anna from a@example.com to b@example.com: signs the person out everywhere.',
    ],
    [
      { kind: 'add-member', user: person.user, group: devs.group, groupName: 'devs', reason },
      'Add to group "devs".',
      'Add Anna to group "devs".',
    ],
    [
      { kind: 'remove-member', ...person, ...devs, groupName: 'devs' },
      'Remove from group "devs".',
      'Remove Anna from group "devs".',
    ],
    [{ kind: 'suspend', ...person, evidence: 'listed' }, 'Deactivate the account.', 'Deactivate Anna.'],
    [
      { kind: 'suspend', ...person, evidence: 'unconfirmed' },
      'Deactivate the account (not before the absence is confirmed).',
      'Deactivate Anna (not before the absence is confirmed).',
    ],
    [
      { kind: 'remove-account', ...person, evidence: 'confirmed-absent' },
      'Remove the account from the directory.',
      'Remove Anna from the directory.',
    ],
  ])('%j', (change, inRow, alone) => {
    expect(describeChange(change)).toBe(inRow);
    expect(describeChange(change, new Map([[userId('anna'), 'Anna']]))).toBe(alone);
  });
});
