import { rememberWritten } from '../../src/domain/another-writer';
import type { Change } from '../../src/domain/change';
import { runId } from '../../src/domain/identity';
import { account, atlassianGroupId, keycloakGroupId, userId } from './model';

const [first, second, third] = [runId('first'), runId('second'), runId('third')];
const ids = { group: keycloakGroupId('devs'), groupName: 'devs', reason: 'Because.' };
const add = (name: string): Change => ({ kind: 'add-member', user: userId(name), ...ids });
const take = (name: string): Change => ({
  kind: 'remove-member',
  user: userId(name),
  accountId: account(name),
  groupId: atlassianGroupId('devs'),
  ...ids,
});
const adds = ['a', 'b', 'c', 'd'].map(add);
const keysOf = (...names: readonly string[]) => names.map((name) => `add-member u-${name} k-devs`);

describe('what a run has written', () => {
  it('counts what its predecessor had done already', () => {
    const one = rememberWritten(undefined, first, adds);
    const two = rememberWritten(one, second, [...adds, add('e')]);
    expect([one, two]).toEqual([
      { run: first, keys: keysOf('a', 'b', 'c', 'd'), again: 0 },
      { run: second, keys: keysOf('a', 'b', 'c', 'd', 'e'), again: 4 },
    ]);
  });

  it('stays when a run between had nothing to do', () => {
    const one = rememberWritten(undefined, first, adds);
    expect(rememberWritten(one, second, [])).toBe(one);
    expect(rememberWritten(rememberWritten(one, second, []), third, adds)?.again).toBe(4);
  });

  it('is no repetition where Keycloak itself changed its mind', () => {
    const one = rememberWritten(undefined, first, adds);
    const two = rememberWritten(one, second, ['a', 'b', 'c', 'd'].map(take));
    expect(rememberWritten(two, third, adds)?.again).toBe(0);
  });

  it('is the same when it is told twice, and grows when a run goes on', () => {
    const one = rememberWritten(undefined, first, adds);
    const two = rememberWritten(one, second, adds);
    expect(rememberWritten(two, second, adds)).toEqual(two);
    expect(rememberWritten(two, second, [add('e')])).toEqual({
      run: second,
      keys: keysOf('a', 'b', 'c', 'd', 'e'),
      again: 4,
    });
  });
});
