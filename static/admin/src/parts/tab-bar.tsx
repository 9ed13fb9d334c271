import type { KeyboardEvent, ReactNode } from 'react';

interface TabBarProps<Key extends string> {
  readonly label: string;
  /** Tab and panel of a key are `<id>-<key>` and `<id>-<key>-panel`. */
  readonly id: string;
  readonly selected: Key;
  readonly tabs: readonly { readonly key: Key; readonly text: string; readonly mark?: ReactNode }[];
  readonly onSelect: (key: Key) => void;
}

/** Tabs over their panels. Arrow keys, Home and End move between them. */
export function TabBar<Key extends string>({ label, id, selected, tabs, onSelect }: TabBarProps<Key>) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const now = tabs.findIndex(({ key }) => key === selected);
    const next = tabs[computeTarget(event.key, now, tabs.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div className="tab-bar" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ key, text, mark }) => (
        <button
          key={key}
          id={`${id}-${key}`}
          type="button"
          role="tab"
          aria-selected={key === selected}
          {...(key === selected ? { 'aria-controls': `${id}-${key}-panel` } : {})}
          tabIndex={key === selected ? 0 : -1}
          onClick={() => onSelect(key)}
        >
          {text}
          {mark}
        </button>
      ))}
    </div>
  );
}

function computeTarget(key: string, now: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (now + 1) % count;
    case 'ArrowLeft':
      return (now - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

interface TabPanelProps {
  readonly id: string;
  readonly tab: string;
  readonly hidden?: boolean;
  readonly children: ReactNode;
}

/** What one tab shows. */
export function TabPanel({ id, tab, hidden = false, children }: TabPanelProps) {
  return (
    <div id={`${id}-${tab}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} hidden={hidden}>
      {children}
    </div>
  );
}
