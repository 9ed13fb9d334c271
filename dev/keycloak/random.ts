import { createHash } from 'node:crypto';

/** A source of numbers from 0 up to, not including, 1: the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

/** `count` different whole numbers from 0 up to, not including, `limit` (all of them when there are fewer). */
export function pickNumbers(random: () => number, count: number, limit: number): number[] {
  const picked = new Set<number>();
  while (picked.size < Math.min(count, limit)) picked.add(Math.floor(random() * limit));
  return [...picked];
}

/** A UUID that depends on nothing but the key. */
export function idOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
