import { createPace } from '../../../src/atlassian/organization/pace';

/** How many of twelve tasks run at once, and how long they wait. */
async function measure(slowDowns: number): Promise<{ readonly atOnce: number; readonly waited: number }> {
  let waited = 0;
  const pace = createPace(4, (ms) => {
    waited += ms;
    return Promise.resolve();
  });
  for (let index = 0; index < slowDowns; index += 1) pace.slowDown();
  let running = 0;
  let atOnce = 0;
  const task = async (): Promise<void> => {
    running += 1;
    atOnce = Math.max(atOnce, running);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    running -= 1;
  };
  await Promise.all(Array.from({ length: 12 }, () => pace.run(task)));
  return { atOnce, waited };
}

it.each([
  ['no quota answer', 0, { atOnce: 4, waited: 0 }],
  ['one quota answer', 1, { atOnce: 2, waited: 0 }],
  ['two quota answers', 2, { atOnce: 1, waited: 0 }],
  ['three quota answers', 3, { atOnce: 1, waited: 12 * 300 }],
  ['four quota answers', 4, { atOnce: 1, waited: 12 * 600 }],
  ['ever more quota answers', 20, { atOnce: 1, waited: 12 * 5_000 }],
])('after %s', async (_name, slowDowns, expected) => {
  expect(await measure(slowDowns)).toEqual(expected);
});
