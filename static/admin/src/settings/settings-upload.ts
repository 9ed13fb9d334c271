const longest = 400_000;

/** What a chosen file holds. Throws with what to do; whether these are settings, the app judges. */
export function parseSettingsFile(text: string): unknown {
  if (text.length > longest) {
    throw new Error('This file is too large for settings: choose one that Export has made.');
  }
  try {
    const file: unknown = JSON.parse(text);
    return file;
  } catch {
    throw new Error('This file is no JSON: choose one that Export has made.');
  }
}
