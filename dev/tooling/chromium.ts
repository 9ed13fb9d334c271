import { findChromium } from './find-chromium.cjs';

/** The path of the Chromium to start. Throws with what to do when there is none. */
export function chromiumPath(): string {
  const found = findChromium();
  if (found === undefined) {
    throw new Error('No Chromium found: run `node dev/install.cjs`, or set CHROMIUM_PATH to one.');
  }
  return found;
}

export { findChromium };
