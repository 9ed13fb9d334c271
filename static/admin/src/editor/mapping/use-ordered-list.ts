import { useEffect, useId, useRef, useState } from 'react';
import { moveItem } from './order';

export interface OrderedList {
  /** One a place; an item keeps its key when it moves. */
  readonly keys: readonly number[];
  /** For the element of an item and for its buttons, so that the focus finds them. */
  readonly idOf: (place: number, part: 'item' | 'up' | 'down' | 'remove') => string;
  readonly addId: string;
  readonly move: (place: number, by: -1 | 1) => void;
  readonly remove: (place: number) => void;
  /** After it the focus is in the new item. */
  readonly added: () => void;
  /** The items are others now: none of them is one of before, and the focus waits at the button that adds one. */
  readonly renew: () => void;
  /** What happened last, for a screen reader. */
  readonly said: string;
}

interface OrderedListWish<Item> {
  readonly items: readonly Item[];
  readonly onChange: (items: readonly Item[]) => void;
  /** What an item is called when it moves. */
  readonly nameOf: (item: Item, place: number) => string;
}

/** Items in an order that a person changes: the focus goes along with an item that moves, and what happened is said. */
export function useOrderedList<Item>({ items, onChange, nameOf }: OrderedListWish<Item>): OrderedList {
  const listId = useId();
  const count = useRef(0);
  const makeKeys = (length: number) => Array.from({ length }, () => (count.current += 1));
  const [keys, setKeys] = useState(() => makeKeys(items.length));
  const [said, setSaid] = useState('');
  const wanted = useRef<string>();
  const current = keys.length === items.length ? keys : makeKeys(items.length);
  // Items that came or went elsewhere, for example with older settings.
  if (current !== keys) setKeys(current);

  useEffect(() => {
    if (wanted.current === undefined) return;
    focusIn(document.getElementById(wanted.current));
    wanted.current = undefined;
  });

  const idOfKey = (key: number | undefined, part: string) => `${listId}-${key ?? 0}-${part}`;
  const addId = `${listId}-add`;
  return {
    keys: current,
    idOf: (place, part) => idOfKey(current[place], part),
    addId,
    move: (place, by) => {
      const item = items[place];
      const moved = moveItem(items, place, by);
      if (item === undefined || moved === items) return;
      setKeys([...moveItem(current, place, by)]);
      wanted.current = idOfKey(current[place], by < 0 ? 'up' : 'down');
      setSaid(`${nameOf(item, place)} is now number ${place + by + 1} of ${items.length}.`);
      onChange(moved);
    },
    remove: (place) => {
      const item = items[place];
      if (item === undefined) return;
      const left = current.toSpliced(place, 1);
      const next = left[Math.min(place, left.length - 1)];
      wanted.current = next === undefined ? addId : idOfKey(next, 'remove');
      setKeys(left);
      setSaid(`${nameOf(item, place)} was removed.`);
      onChange(items.toSpliced(place, 1));
    },
    added: () => {
      const [key = 0] = makeKeys(1);
      setKeys([...current, key]);
      wanted.current = idOfKey(key, 'item');
      setSaid('');
    },
    renew: () => {
      setKeys(makeKeys(items.length));
      wanted.current = addId;
    },
    said,
  };
}

/** The element itself where it is a control, else the first one inside. */
function focusIn(element: HTMLElement | null): void {
  const controls = 'input, select, textarea, button';
  const target = element?.matches(controls) === true ? element : element?.querySelector<HTMLElement>(controls);
  target?.focus();
}
