import { describeMissingRight } from './access';
import { useDirectory, useMe } from './page-data';

/** Why the person at the page may not write; absent when they may. The app checks again at each call. */
export function useMissingRight(): string | undefined {
  return describeMissingRight(useMe().data, useDirectory().data);
}
