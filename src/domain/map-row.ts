import type { AtlassianAttribute, MappingRow, Otherwise } from './mapping-row';
import type { SourceUser } from './snapshot';
import { joinValues, readValues } from './source-attributes';
import { squeeze } from './text-rules/invisible';
import { listPlaceholders, parseTemplate } from './text-rules/template';
import { createTransformer, type TransformedStep } from './text-rules/transform';

/** What a row does with its attribute: a text, or what happens when there is none. `keep`: the existing value stays. */
export type RowResult =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'keep' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'leave-out' }
  | { readonly kind: 'leave-scope' };

/** The way of one person through one row. */
export interface MappedRow {
  readonly attribute: AtlassianAttribute;
  /** Keycloak's values: of the template that is used, or of all of them when none has every value. */
  readonly from: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** The template that is used, and what it gives; absent when none has every value. */
  readonly template?: string;
  readonly before?: string;
  /** Before and after each transformation. */
  readonly steps: readonly TransformedStep[];
  /** An attribute that Keycloak hides: that it is missing says nothing about the person. */
  readonly hidden?: string;
  readonly result: RowResult;
}

/** Whether Keycloak does not show an attribute of somebody, whatever the person has. */
export type HiddenTest = (user: SourceUser, attribute: string) => boolean;

/** Prepares a row, so that each person costs no more than its templates and transformations. */
export function createRow(row: MappingRow, isHidden: HiddenTest): (user: SourceUser) => MappedRow {
  const { attribute, values, otherwise } = row;
  const templates = row.templates.map(prepareTemplate);
  const transform = createTransformer(row.transformations);
  return (user) => {
    const read = (name: string) => ({ name, values: readValues(user, name) });
    for (const { text: template, names, parts } of templates) {
      const from = names.map(read);
      if (from.some((each) => each.values.length === 0)) continue;
      const before = parts
        .map((part) => (part.kind === 'text' ? part.text : (joinValues(readValues(user, part.name), values) ?? '')))
        .join('');
      const steps: TransformedStep[] = [];
      const { text, applied, gaveUp } = transform(before, (step) => steps.push(step));
      const isUsable = squeeze(text) !== '' && (applied || otherwise === 'as-is');
      const without = gaveUp === true ? withoutHarm(otherwise) : resultWithout(otherwise);
      const result: RowResult = isUsable && gaveUp !== true ? { kind: 'value', text } : without;
      return { attribute, from, template, before, steps, result };
    }
    const from = [...new Set(templates.flatMap(({ names }) => names))].map(read);
    // A value that is too long to be kept, or hidden, is no missing one.
    const isLong = from.some(({ name }) => user.tooLong?.includes(name) === true);
    const hidden = from.find(({ name }) => isHidden(user, name))?.name;
    const result = isLong || hidden !== undefined ? withoutHarm(otherwise) : resultWithout(otherwise);
    return { attribute, from, steps: [], ...(hidden === undefined ? {} : { hidden }), result };
  };
}

function prepareTemplate(text: string) {
  return { text, names: listPlaceholders(text), parts: parseTemplate(text) };
}

/** Nothing is cleared and nobody is put out of scope for a value that is there. */
function withoutHarm(otherwise: Otherwise): RowResult {
  return { kind: otherwise === 'leave-out' || otherwise === 'leave-scope' ? 'leave-out' : 'keep' };
}

/** Where there is no text at all, there is nothing that could be used as it is. */
function resultWithout(otherwise: Otherwise): RowResult {
  return { kind: otherwise === 'as-is' || otherwise === 'ignore' ? 'keep' : otherwise };
}
