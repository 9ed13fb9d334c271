/** An e-mail domain as it is kept: lower case, without `@`; absent when the text is none. */
export function parseEmailDomain(text: string): string | undefined {
  const domain = text.trim().toLowerCase().replace(/^.*@/, '');
  return /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/.test(domain)
    ? domain
    : undefined;
}
