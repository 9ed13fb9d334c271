import { countOf, formatDuration, formatNear } from '../../static/admin/src/moments';

const now = Date.UTC(2026, 10, 23, 12);

describe('moments in words', () => {
  it.each([
    [-10_000, 'just now'],
    [10_000, 'in a moment'],
    [-5 * 60_000, '5 minutes ago'],
    [3 * 3_600_000, 'in 3 hours'],
    [-26 * 3_600_000, 'yesterday'],
  ])('%i ms from now is "%s"', (distance, words) => {
    expect(formatNear(now + distance, now)).toBe(words);
  });

  it('beyond a week it is a date', () => {
    expect(formatNear(now - 30 * 86_400_000, now)).toMatch(/2026/);
  });

  it.each([
    [-5, '0 s'],
    [41_400, '41 s'],
    [125_000, '2 min 5 s'],
    [3_600_000 + 120_000, '1 h 2 min'],
  ])('%i ms last "%s"', (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words);
  });

  it.each([
    [0, '0 people'],
    [1, '1 person'],
    [12_480, '12,480 people'],
  ])('%i is "%s"', (count, words) => {
    expect(countOf(count, 'person', 'people')).toBe(words);
  });
});
