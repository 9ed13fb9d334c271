import { useEffect, useRef } from 'react';
import type { EditorTab } from '../routes';

/** After each refusal the focus moves to the first field that was refused, on the tab that shows it. */
export function useFocusOnRefusal(refusals: number, tab: EditorTab): void {
  const seen = useRef(0);
  useEffect(() => {
    if (refusals === seen.current) return;
    const found = findRefused(document.getElementById(`editor-${tab}-panel`));
    if (found === undefined) return;
    seen.current = refusals;
    found.focus();
    found.scrollIntoView({ block: 'center' });
  }, [refusals, tab]);
}

const controls = 'input:not([disabled]), textarea, select, button';

/** The first invalid control, or the first one of the part whose message stands there. */
function findRefused(panel: HTMLElement | null): HTMLElement | undefined {
  const invalid = panel?.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (invalid !== null && invalid !== undefined) return invalid;
  for (let part = panel?.querySelector('.field-error')?.parentElement; part; part = part.parentElement) {
    const control = part.querySelector<HTMLElement>(controls);
    if (control !== null) return control;
    if (part === panel) return undefined;
  }
  return undefined;
}
