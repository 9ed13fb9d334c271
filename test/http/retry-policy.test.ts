import type { Failure } from '../../src/http/retry-policy';
import { computeDelay, parseAskedWait } from '../../src/http/retry-policy';

describe('what is tried again', () => {
  it.each<[string, Failure, boolean, boolean]>([
    ['a broken connection', { fault: 'network' }, true, false],
    ['a time-out', { fault: 'timeout' }, true, false],
    ['429', { fault: 'status', status: 429 }, true, true],
    ['500', { fault: 'status', status: 500 }, true, false],
    ['501', { fault: 'status', status: 501 }, false, false],
    ['502', { fault: 'status', status: 502 }, true, false],
    ['503', { fault: 'status', status: 503 }, true, false],
    ['504', { fault: 'status', status: 504 }, true, false],
    ['a certificate fault', { fault: 'tls' }, false, false],
    ['an address that is not approved', { fault: 'not-approved' }, false, false],
  ])('%s', (_name, failure, repeatable, once) => {
    expect([computeDelay(failure, true, 1, 0.5), computeDelay(failure, false, 1, 0.5)]).toEqual([
      repeatable ? 500 : undefined,
      once ? 500 : undefined,
    ]);
  });

  it('waits longer each time, spread by 0.7 to 1.3, and gives up after the fourth attempt', () => {
    const delays = (random: number) =>
      [1, 2, 3, 4].map((attempt) => computeDelay({ fault: 'network' }, true, attempt, random));
    expect([delays(0), delays(0.5), delays(1)]).toEqual([
      [350, 1_400, 5_600, undefined],
      [500, 2_000, 8_000, undefined],
      [650, 2_600, 10_400, undefined],
    ]);
  });

  it('never waits shorter than the server asks, and leaves a wait of more than a minute to the caller', () => {
    const delay = (askedMs: number) => computeDelay({ fault: 'status', status: 429, askedMs }, false, 1, 0);
    expect([delay(0), delay(7_000), delay(60_000), delay(60_001)]).toEqual([350, 7_000, 60_000, undefined]);
  });
});

describe('how long a server asks to wait', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  it.each<[string, number, Record<string, string>, number | undefined]>([
    ['seconds', 429, { 'retry-after': '7' }, 7_000],
    ['a date', 503, { 'retry-after': 'Mon, 23 Nov 2026 10:00:30 GMT' }, 30_000],
    ['a date in the past', 503, { 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, 0],
    ['words', 429, { 'retry-after': 'soon' }, undefined],
    ['a negative number', 429, { 'retry-after': '-5' }, undefined],
    ['nothing', 429, {}, undefined],
    ['an empty header', 429, { 'retry-after': '' }, undefined],
    ['a reset date', 429, { 'x-ratelimit-reset': '2026-11-23T10:01Z' }, 60_000],
    ['a reset in epoch seconds', 429, { 'x-ratelimit-reset': String(now / 1_000 + 12) }, 12_000],
    ['a reset in epoch milliseconds', 429, { 'x-ratelimit-reset': String(now + 1_500) }, 1_500],
    ['a reset in seconds', 429, { 'x-ratelimit-reset': '20' }, 20_000],
    ['both: Retry-After stands', 429, { 'retry-after': '3', 'x-ratelimit-reset': '20' }, 3_000],
    ['a reset on 503 says nothing about it', 503, { 'x-ratelimit-reset': '20' }, undefined],
  ])('%s', (_name, status, headers, expected) => {
    expect(parseAskedWait(status, (name) => headers[name], now)).toBe(expected);
  });
});
