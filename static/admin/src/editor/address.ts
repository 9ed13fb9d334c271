/** Text as an address; absent when it is none. */
export function parseAddress(text: string): URL | undefined {
  try {
    return new URL(text.trim());
  } catch {
    return undefined;
  }
}
