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
  /** A missing value is one that is hidden or too long to be kept: nobody knows what the row would give. */
  readonly doubtful?: true;
  readonly result: RowResult;
}

/** Whether Keycloak does not show an attribute of somebody, whatever the person has. */
export type HiddenTest = (user: SourceUser, attribute: string) => boolean;

/** Prepares a row, so that each person costs no more than its templates and transformations. */
export function createRow(row: MappingRow, isHidden: HiddenTest): (user: SourceUser) => MappedRow {
  const { attribute, values, otherwise } = row;
  const templates = row.templates.map(prepareTemplate);
  const transform = createTransformer(row.transformations);
  const none = resultWithout(otherwise);
  return (user) => {
    const read = (name: string) => ({ name, values: readValues(user, name) });
    const missing = new Set<string>();
    for (const { text: template, names, parts } of templates) {
      const from = names.map(read);
      const absent = from.filter((each) => each.values.length === 0);
      for (const { name } of absent) missing.add(name);
      if (absent.length > 0) continue;
      const before = parts
        .map((part) => (part.kind === 'text' ? part.text : (joinValues(readValues(user, part.name), values) ?? '')))
        .join('');
      const steps: TransformedStep[] = [];
      const { text, applied, gaveUp } = transform(before, (step) => steps.push(step));
      const isUsable = squeeze(text) !== '' && (applied || otherwise === 'as-is') && gaveUp !== true;
      const doubts = findDoubts(user, missing, isHidden);
      const without = gaveUp === true || doubts.doubtful === true ? withoutHarm(none) : none;
      const result: RowResult = isUsable ? { kind: 'value', text } : without;
      return { attribute, from, template, before, steps, ...doubts, result };
    }
    const from = [...new Set(templates.flatMap(({ names }) => names))].map(read);
    const doubts = findDoubts(user, missing, isHidden);
    const result = doubts.doubtful === true ? withoutHarm(none) : none;
    return { attribute, from, steps: [], ...doubts, result };
  };
}

/** Whether a value that is missing is there all the same: too long to be kept, or hidden. */
function findDoubts(
  user: SourceUser,
  missing: ReadonlySet<string>,
  isHidden: HiddenTest,
): Pick<MappedRow, 'hidden' | 'doubtful'> {
  const hidden = [...missing].find((name) => isHidden(user, name));
  if (hidden !== undefined) return { hidden, doubtful: true };
  return [...missing].some((name) => user.tooLong?.includes(name) === true) ? { doubtful: true } : {};
}

function prepareTemplate(text: string) {
  return { text, names: listPlaceholders(text), parts: parseTemplate(text) };
}

/** Nothing is cleared and nobody is put out of scope for a value that is there. */
export function withoutHarm(result: RowResult): RowResult {
  if (result.kind === 'clear') return { kind: 'keep' };
  return result.kind === 'leave-scope' ? { kind: 'leave-out' } : result;
}

/** Where there is no text at all, there is nothing that could be used as it is. */
function resultWithout(otherwise: Otherwise): RowResult {
  return { kind: otherwise === 'as-is' || otherwise === 'ignore' ? 'keep' : otherwise };
}
