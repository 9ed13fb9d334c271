/** A piece of a template: text as it stands, or the value of an attribute. */
export type TemplatePart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'attribute'; readonly name: string };

const placeholder = /\$\{([^{}]*)\}/g;

/** The pieces of a text such as `${firstName} ${lastName}`, in their order. Blanks around a name do not count. */
export function parseTemplate(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of template.matchAll(placeholder)) {
    if (match.index > end) parts.push({ kind: 'text', text: template.slice(end, match.index) });
    parts.push({ kind: 'attribute', name: (match[1] ?? '').trim() });
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
}

/** The names of the attributes in a template, each once. */
export function listPlaceholders(template: string): readonly string[] {
  return [...new Set(parseTemplate(template).flatMap((part) => (part.kind === 'attribute' ? [part.name] : [])))];
}

/** Why a template cannot be used, a sentence; `undefined` when it can. */
export function describeInvalidTemplate(template: string): string | undefined {
  if (listPlaceholders(template).includes('')) return 'Name an attribute between the braces: ${firstName}.';
  const rest = parseTemplate(template).flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  return rest.some((text) => text.includes('${'))
    ? 'A brace is not closed: write attributes as ${firstName}.'
    : undefined;
}
