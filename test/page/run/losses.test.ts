import { describeLosses } from '../../../static/admin/src/run/change-words';
import { countLosses, findLosses } from '../../../static/admin/src/run/losses';
import { makePlanRows } from './plan-rows';

describe('what stands to be taken', () => {
  it('names those first who lose access, each with nothing but what is taken', () => {
    expect(
      findLosses(makePlanRows()).map(({ row, loss, changes }) => [row.row.name, loss, changes.map(({ kind }) => kind)]),
    ).toEqual([
      ['sue', 'access', ['remove-member', 'suspend']],
      ['bob', 'access-group', ['remove-member']],
    ]);
  });

  it.each([
    [[], 'nobody loses anything'],
    [['access'], '1 person loses access'],
    [['membership', 'membership'], '2 people lose memberships'],
    [
      ['access', 'access', 'access-group', 'membership'],
      '2 people lose access, 1 loses a group that gives access, 1 loses memberships',
    ],
  ] as const)('says %j in words', (losses, words) => {
    expect(describeLosses(countLosses(losses.map((loss) => ({ loss }))))).toBe(words);
  });
});
