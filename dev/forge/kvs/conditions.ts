import type { Doubts } from '../doubts';
import type { Entity } from '../manifest';
import { badRequest, Refusal } from './refusal';
import type { Clause, Clauses } from './requests';
import type { Row } from './store';

type Attributes = Readonly<Record<string, unknown>>;

function compare(left: unknown, right: unknown): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return undefined;
}

function ordered(left: unknown, right: unknown, accept: (difference: number) => boolean): boolean {
  const difference = compare(left, right);
  return difference !== undefined && accept(difference);
}

function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(value)) return value.includes(part);
  return typeof value === 'string' && typeof part === 'string' && value.includes(part);
}

/** Whether one value satisfies a clause; a missing attribute satisfies only the negative ones. */
export function holds(value: unknown, { condition, values: [first, second] }: Omit<Clause, 'property'>): boolean {
  switch (condition) {
    case 'EQUAL_TO':
      return value === first;
    case 'NOT_EQUAL_TO':
      return value !== first;
    case 'EXISTS':
      return value !== undefined;
    case 'NOT_EXISTS':
      return value === undefined;
    case 'GREATER_THAN':
      return ordered(value, first, (difference) => difference > 0);
    case 'GREATER_THAN_EQUAL_TO':
      return ordered(value, first, (difference) => difference >= 0);
    case 'LESS_THAN':
      return ordered(value, first, (difference) => difference < 0);
    case 'LESS_THAN_EQUAL_TO':
      return ordered(value, first, (difference) => difference <= 0);
    case 'BETWEEN':
      return ordered(value, first, (low) => low >= 0) && ordered(value, second, (high) => high <= 0);
    case 'BEGINS_WITH':
      return typeof value === 'string' && typeof first === 'string' && value.startsWith(first);
    case 'CONTAINS':
      return contains(value, first);
    case 'NOT_CONTAINS':
      return !contains(value, first);
  }
}

/** A row's attributes; what is stored in an entity is always an object (`checkAttributes`). */
export function attributesOf(row: Row): Attributes {
  return typeof row.value === 'object' && row.value !== null ? { ...row.value } : {};
}

export function holdAll(attributes: Attributes, clauses: Clauses): boolean {
  const satisfied = (clause: Clause): boolean => holds(attributes[clause.property], clause);
  return 'and' in clauses ? clauses.and.every(satisfied) : clauses.or.some(satisfied);
}

/** Whether the conditions of a transaction item hold for the row that is there now, if any. */
export function holdFor(
  row: Row | undefined,
  entity: Entity,
  clauses: Clauses,
  absentRow: Doubts['absentRow'],
): boolean {
  for (const { property } of 'and' in clauses ? clauses.and : clauses.or) {
    if (!Object.hasOwn(entity.attributes, property)) {
      throw badRequest('INVALID_ATTRIBUTE', `${entity.name} declares no attribute ${property}.`);
    }
  }
  if (row) return holdAll(attributesOf(row), clauses);
  switch (absentRow) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'as-empty':
      return holdAll({}, clauses);
    case 'not-found-404':
      throw new Refusal(404, 'KEY_NOT_FOUND', 'The row of a condition does not exist.');
  }
}
