import { findSeenSteps } from '../../../static/admin/src/explain/seen-steps';

const step = (transformation: string, after?: string) => ({
  transformation,
  ...(after === undefined ? {} : { after }),
});

describe('of the transformations of a row', () => {
  it.each<[string, string | undefined, ReturnType<typeof step>[], string[]]>([
    ['none is shown where nothing changes', 'anna', [step('trim', 'anna'), step('lower case', 'anna')], []],
    [
      'the one that changes the text is shown',
      'Anna',
      [step('trim', 'Anna'), step('lower case', 'anna')],
      ['lower case'],
    ],
    ['one that finds nothing is shown', 'anna', [step('strip'), step('trim', 'anna')], ['strip']],
    [
      'one is compared with what the last one before it gave',
      'Anna ',
      [step('trim', 'Anna'), step('strip'), step('trim again', 'Anna')],
      ['trim', 'strip'],
    ],
    ['one that makes a text of nothing is shown', undefined, [step('constant', 'x')], ['constant']],
  ])('%s', (_, before, steps, shown) => {
    expect(findSeenSteps(before, steps).map(({ transformation }) => transformation)).toEqual(shown);
  });
});
