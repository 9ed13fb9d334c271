/** One piece of a template: plain text, or a placeholder that a value of this attribute takes the place of. */
export type TemplatePart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'attribute'; readonly name: string };

/**
 * The pieces of a template such as `${firstName} ${lastName}`, in order. Blanks around a name do not count; what is no
 * placeholder, as `${}` or one without its closing bracket, is text.
 */
export function parseTemplate(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const found of template.matchAll(/\$\{([^{}]*)\}/g)) {
    const name = found[1]?.trim() ?? '';
    if (name === '') continue;
    if (found.index > end) parts.push({ kind: 'text', text: template.slice(end, found.index) });
    parts.push({ kind: 'attribute', name });
    end = found.index + found[0].length;
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
}

/** Names of the attributes that a template has placeholders for, each once. */
export function listPlaceholders(template: string): readonly string[] {
  return [...new Set(parseTemplate(template).flatMap((part) => (part.kind === 'attribute' ? [part.name] : [])))];
}

/** Why a template cannot be used, a sentence; `undefined` when it can. */
export function describeInvalidTemplate(template: string): string | undefined {
  const rest = parseTemplate(template).flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  if (rest.some((text) => /\$\{\s*\}/.test(text))) return 'Name an attribute between the braces: ${firstName}.';
  return rest.some((text) => text.includes('${'))
    ? 'A brace is not closed: write attributes as ${firstName}.'
    : undefined;
}
