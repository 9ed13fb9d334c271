/** All zones that the browser knows, UTC first, and the one that is chosen. */
export function listZones(chosen: string): readonly string[] {
  return [...new Set(['UTC', ...[...Intl.supportedValuesOf('timeZone'), chosen].sort()])];
}

/** A zone as people read it: `America/New York`. */
export function nameZone(zone: string): string {
  return zone.replaceAll('_', ' ');
}

/**
 * The zones that have every typed word in their name. A zone that the browser knows by an older name only, as Kyiv and
 * Kolkata, is found when it is typed in full.
 */
export function findZones(zones: readonly string[], typed: string): readonly string[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const found = zones.filter((zone) => words.every((word) => plain(zone).includes(word)));
  const full = typed.trim().replaceAll(' ', '_');
  return found.length === 0 && /^[A-Z]\w*\/[A-Z]/.test(full) && isZone(full) ? [full] : found;
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[_/]/g, ' ');

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
