interface TickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Otherwise the label is for screen readers: the row beside it says the same. */
  readonly showLabel?: boolean;
  readonly disabled?: boolean;
}

/** A checkbox for rows of long lists: the browser's own, which costs nothing to draw. */
export function Tick({ label, checked, onChange, showLabel = false, disabled = false }: TickProps) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className={showLabel ? '' : 'visually-hidden'}>{label}</span>
    </label>
  );
}
