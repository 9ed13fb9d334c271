import type { MappingRow, Transformation } from '../../../../../src/domain/mapping-row';
import type { FieldErrors } from '../settings-fields';
import { listOtherwise } from './row-edits';
import { checkTemplate } from './template';

/** What is plainly missing in the rows of the mapping; whether an expression compiles, the app says. */
export function checkMapping(rows: readonly MappingRow[]): FieldErrors {
  const whole: FieldErrors = rows.some(({ attribute }) => attribute === 'email')
    ? {}
    : { 'users.mapping': 'Add a row for the e-mail address: an account needs one.' };
  const each = rows.flatMap((row, index) => Object.entries(checkRow(row, `users.mapping.${index}`)));
  return { ...whole, ...Object.fromEntries(each) };
}

function checkRow(row: MappingRow, field: string): FieldErrors {
  const errors: Record<string, string> = {};
  if (row.templates.length === 0) errors[`${field}.templates`] = 'Choose a Keycloak attribute.';
  row.templates.forEach((template, index) => {
    const why = checkTemplate(template);
    if (why !== undefined) errors[`${field}.templates.${index}`] = why;
  });
  if (!listOtherwise(row.attribute).includes(row.otherwise)) {
    errors[`${field}.otherwise`] = 'This attribute cannot do that: choose something else.';
  }
  return { ...errors, ...checkTransformations(row.transformations, `${field}.transformations`) };
}

/** What is missing in transformations, of a row or of group names. */
export function checkTransformations(steps: readonly Transformation[], field: string): FieldErrors {
  const errors: Record<string, string> = {};
  steps.forEach((step, index) => {
    if (step.kind === 'replace' && step.search === '')
      errors[`${field}.${index}.search`] = 'Enter the text to look for.';
    if (step.kind === 'regex' && step.pattern === '') errors[`${field}.${index}.pattern`] = 'Enter an expression.';
  });
  return errors;
}
