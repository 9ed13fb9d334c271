import { addSample, computeRate, computeTimeLeft } from '../../../static/admin/src/run/progress-rate';

describe('the rate of a run', () => {
  const read = (done: number, at: number, before = addSample([], undefined, 0)) =>
    addSample(before, { what: 'users', done, total: 1_000 }, at);

  it('is counted over the samples of the last twenty seconds', () => {
    const samples = read(900, 25_000, read(500, 10_000, read(0, 0)));
    expect(samples.map(({ at }) => at)).toEqual([10_000, 25_000]);
    expect(computeRate(samples)).toBeCloseTo(400 / 15);
  });

  it('is unknown at first', () => {
    expect(computeRate(read(10, 0))).toBeUndefined();
    expect(computeRate(read(20, 1_000, read(10, 0)))).toBeUndefined();
  });

  it('starts again when something else is counted, or the count falls back', () => {
    const users = read(500, 5_000, read(0, 0));
    expect(addSample(users, { what: 'groups', done: 1 }, 6_000)).toHaveLength(1);
    expect(read(100, 6_000, users).map(({ done }) => done)).toEqual([0, 100]);
  });

  it('gives the time that is left only with a total and while something moves', () => {
    expect(computeTimeLeft({ what: 'users', done: 400, total: 1_000 }, 100)).toBe(6_000);
    expect(computeTimeLeft({ what: 'users', done: 400 }, 100)).toBeUndefined();
    expect(computeTimeLeft({ what: 'users', done: 400, total: 1_000 }, 0)).toBeUndefined();
  });
});
