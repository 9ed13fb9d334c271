import { changeOrder as orderOfApply, type ChangeKind } from '../../../src/domain/change';
import { selectChanges } from '../../../src/domain/selection';
import { describeChoice } from '../../../static/admin/src/run/change-words';
import type { Choice } from '../../../static/admin/src/run/choice';
import {
  addNeeds,
  changeOrder,
  choiceOf,
  findKinds,
  formatChoice,
  isTicked,
  measureChoice,
  startChoice,
  tickRows,
} from '../../../static/admin/src/run/choice';
import { makePlanRows, planned, updates } from './plan-rows';

const rows = makePlanRows();
const start = startChoice(rows);
const ticking = (...names: readonly string[]): Choice =>
  tickRows(
    start,
    rows.filter(({ row }) => names.includes(row.name)),
    true,
  );
const without = (choice: Choice, ...kinds: readonly ChangeKind[]): Choice => ({
  ...choice,
  kinds: new Set([...choice.kinds].filter((kind) => !kinds.includes(kind))),
});
const everybody: Choice = { ...start, of: 'everybody' };

describe('the part of a plan that is being chosen', () => {
  it('begins with nothing', () => {
    expect([describeChoice(measureChoice(rows, start)), start.of]).toEqual(['0 of 9 changes chosen', 'ticked']);
  });

  it('knows the kinds of the plan in the order in which they are made', () => {
    expect(findKinds(rows).map(({ kind, count }) => `${kind} ${count}`)).toEqual([
      'create-group 1',
      'adopt-account 1',
      'invite 1',
      'add-member 3',
      'remove-member 2',
      'suspend 1',
    ]);
  });

  const choices: readonly (readonly [string, Choice, string])[] = [
    ['one person', ticking('sue'), '2 of 9 changes chosen: 1 person loses access'],
    ['one group', ticking('staff'), '2 of 9 changes chosen: 2 people lose a group that gives access'],
    [
      'people and groups',
      ticking('sue', 'bob'),
      '3 of 9 changes chosen: 1 person loses access, 1 loses a group that gives access',
    ],
    [
      'kinds of everybody',
      without(everybody, 'suspend', 'remove-member'),
      '6 of 9 changes chosen: nobody loses anything',
    ],
    ['everything', everybody, '9 of 9 changes chosen: 1 person loses access, 1 loses a group that gives access'],
  ];
  it.each(choices)('says what %s comes to', (_name, choice, words) => {
    expect(describeChoice(measureChoice(rows, choice))).toBe(words);
  });

  it.each(choices)('means the same to the app: %s', (_name, choice) => {
    const part = measureChoice(rows, choice);
    expect(selectChanges(planned, formatChoice(choice))).toHaveLength(part.chosen + part.stranded);
  });

  it('names those who lose something, those who lose access first', () => {
    expect(measureChoice(rows, ticking('bob', 'sue')).losing).toEqual([
      { name: 'sue', loss: 'access' },
      { name: 'bob', loss: 'access-group' },
    ]);
  });

  it('leaves memberships out whose account or group is not chosen, until that is chosen too', () => {
    // Nina's membership needs the new group, which nobody chose.
    const choice = ticking('nina');
    const part = measureChoice(rows, choice);
    const whole = measureChoice(rows, addNeeds(choice, part.needs));
    expect([part.chosen, part.stranded, part.needs, whole.stranded, whole.chosen]).toEqual([
      1,
      1,
      { kinds: ['create-group'], users: [], groups: ['fresh'] },
      // With the group come all its memberships: now that of Amy needs her account.
      1,
      3,
    ]);
  });

  it('asks for the kind that is needed', () => {
    const choice = without(everybody, 'invite');
    const part = measureChoice(rows, choice);
    expect([part.stranded, part.needs.kinds, measureChoice(rows, addNeeds(choice, part.needs)).stranded]).toEqual([
      1,
      ['invite'],
      0,
    ]);
  });

  it('counts who is signed out by another address, and leaves updates out whose account is not chosen', () => {
    const more = makePlanRows(undefined, updates);
    const all: Choice = { ...startChoice(more), of: 'everybody' };
    const [whole, unlinked, quiet] = [all, without(all, 'adopt-account'), without(all, 'update-email')].map((choice) =>
      measureChoice(more, choice),
    );
    expect([whole?.signedOut, whole?.chosen, whole?.stranded]).toEqual([1, 11, 0]);
    // Amy's two memberships and her name.
    expect([unlinked?.stranded, unlinked?.needs.kinds]).toEqual([3, ['adopt-account']]);
    expect(quiet?.signedOut).toBe(0);
  });

  it('lets go of a row that is ticked off again', () => {
    const [first] = rows;
    if (first === undefined) throw new Error('There are rows.');
    const ticked = tickRows(start, [first], true);
    expect([isTicked(ticked, first), isTicked(tickRows(ticked, [first], false), first)]).toEqual([true, false]);
  });

  it.each([
    ['all', 9],
    ['links', 1],
    ['additions', 6],
  ] as const)('measures the selection “%s” as the app selects', (kind, count) => {
    const { chosen, stranded } = measureChoice(rows, choiceOf(rows, { kind }));
    expect([chosen + stranded, selectChanges(planned, { kind }).length]).toEqual([count, count]);
  });
});

it('the page lists kinds of changes in the order of apply', () => {
  expect(changeOrder).toEqual(orderOfApply);
});
