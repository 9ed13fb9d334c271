import type { KeyboardEvent } from 'react';

interface TabBarProps<Key extends string> {
  readonly label: string;
  readonly panelId: string;
  readonly selected: Key;
  readonly tabs: readonly { readonly key: Key; readonly text: string }[];
  readonly onSelect: (key: Key) => void;
}

/** Two or three tabs over one panel. Arrow keys move between them. */
export function TabBar<Key extends string>({ label, panelId, selected, tabs, onSelect }: TabBarProps<Key>) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const index = (tabs.findIndex(({ key }) => key === selected) + step + tabs.length) % tabs.length;
    const next = tabs[index];
    if (next === undefined) return;
    onSelect(next.key);
    document.getElementById(`${panelId}-${next.key}`)?.focus();
  };
  return (
    <div className="tab-bar" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ key, text }) => (
        <button
          key={key}
          id={`${panelId}-${key}`}
          type="button"
          role="tab"
          aria-selected={key === selected}
          aria-controls={panelId}
          tabIndex={key === selected ? 0 : -1}
          onClick={() => onSelect(key)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
