import type { KeyboardEvent } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { nextItem } from './menu-keys';
import './menu.css';

export interface MenuItem {
  readonly text: string;
  readonly onChoose: () => void;
  /** Why it cannot be chosen now; it says so and does nothing. */
  readonly disabledBecause?: string | undefined;
  readonly danger?: boolean;
}

/** A button with a menu: the browser's own popover, which closes on Escape and on a click beside it, and gives the focus back. */
export function Menu({ text, label, items }: { text: string; label: string; items: readonly MenuItem[] }) {
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const id = useId();

  useEffect(() => {
    const list = menu.current;
    if (list === null || button.current === null) return;
    list.popover = 'auto';
    button.current.popoverTargetElement = list;
    const follow = (event: ToggleEvent) => setOpen(event.newState === 'open');
    list.addEventListener('toggle', follow);
    return () => list.removeEventListener('toggle', follow);
  }, []);

  useEffect(() => {
    const list = menu.current;
    if (!open || list === null || button.current === null) return;
    place(list, button.current.getBoundingClientRect());
    itemsOf(list)[0]?.focus({ preventScroll: true });
    // It does not move with the page.
    const close = ({ target }: Event) => {
      if (target !== list) list.hidePopover();
    };
    window.addEventListener('scroll', close, true);
    window.addEventListener('resize', close);
    return () => {
      window.removeEventListener('scroll', close, true);
      window.removeEventListener('resize', close);
    };
  }, [open]);

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const all = itemsOf(event.currentTarget);
    const now = all.findIndex((item) => item === document.activeElement);
    const next = nextItem(event.key, now, all.length);
    if (event.key === 'Tab') event.currentTarget.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    all[next]?.focus({ preventScroll: true });
    all[next]?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
      >
        {text}
      </button>
      <div ref={menu} id={id} className="menu" role="menu" aria-label={label} onKeyDown={move}>
        {items.map((item) => (
          <Item key={item.text} item={item} onDone={() => menu.current?.hidePopover()} />
        ))}
      </div>
    </>
  );
}

function Item({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  const { text, disabledBecause, danger = false } = item;
  const choose = () => {
    if (disabledBecause !== undefined) return;
    // First, so that a dialog that opens now gives the focus back to the button.
    onDone();
    item.onChoose();
  };
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={danger ? 'menu-item menu-item-danger' : 'menu-item'}
      {...(disabledBecause === undefined ? {} : { 'aria-disabled': true })}
      onClick={choose}
    >
      {text}
      {disabledBecause !== undefined && <span className="menu-reason">{disabledBecause}</span>}
    </button>
  );
}

const itemsOf = (list: HTMLElement): readonly HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>('[role=menuitem]'),
];

/** Under the button and along its right edge; above it where there is no room. */
function place(list: HTMLElement, at: DOMRect): void {
  const gap = 4;
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = at.bottom + gap;
  const top = below + height > window.innerHeight ? at.top - gap - height : below;
  list.style.top = `${Math.max(gap, top)}px`;
  list.style.left = `${Math.max(gap, at.right - width)}px`;
}
