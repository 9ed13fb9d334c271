import { nextItem } from '../../../static/admin/src/parts/menu-keys';

describe('keys in a menu', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 4, 0],
    ['ArrowDown', -1, 0],
    ['ArrowUp', 1, 0],
    ['ArrowUp', 0, 4],
    ['ArrowUp', -1, 4],
    ['Home', 3, 0],
    ['End', 1, 4],
    ['Enter', 1, undefined],
  ])('%s at %d leads to %s', (key, now, next) => {
    expect(nextItem(key, now, 5)).toBe(next);
  });

  it('lead nowhere in an empty one', () => {
    expect(nextItem('ArrowDown', -1, 0)).toBeUndefined();
  });
});
