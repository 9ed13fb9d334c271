export type FileFormat = 'json' | 'csv';

/** The name of a downloaded file from its parts, for example `settings-acme.json`. */
export function nameFile(parts: readonly string[], format: FileFormat): string {
  const short = parts.map((part) => part.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, ''));
  return `${short.filter(Boolean).join('-')}.${format}`;
}

/** Hands text to the browser as a file. */
export function downloadText(name: string, text: string, format: FileFormat = 'json'): void {
  const type = format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json';
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
