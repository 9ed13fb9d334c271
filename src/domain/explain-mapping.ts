import type { ExplainStep, Fact, MappedAttribute, TransformationStep } from './explanation';
import { findAccount, findUser, type Subject } from './explain-steps';
import type { MappedRow, RowResult } from './map-row';
import { createPeopleMapper } from './map-people';
import { attributeNames, type AtlassianAttribute } from './mapping-row';
import { describeTransformation } from './settings-words';
import type { DirectoryAccount, SourceUser } from './snapshot';
import type { TransformedStep } from './text-rules/transform';

/** What the attribute mapping makes of the person: every row with each of its transformations. */
export function explainMapping(subject: Subject): Extract<ExplainStep, { readonly kind: 'mapping' }> {
  const user = findUser(subject);
  if (user === undefined) {
    return { kind: 'mapping', mark: 'idle', sentence: 'There is nothing to map.', attributes: [] };
  }
  const now = findAccount(subject, subject.row?.accountId);
  const { map, trace } = createPeopleMapper(subject.input.source, subject.input.settings);
  // What the plan decided by, where the person is in scope.
  const mapped = subject.sides.mapped.get(user.id) ?? map(user);
  const attributes = [...describeRows(trace(user), now), describeAccess(user, now)];
  const wish = subject.sides.wishes.get(user.id);
  if (wish?.kind === 'out-of-scope' && wish.reason === undefined) {
    const sentence = 'What the mapping gives is not used: the person is not in scope.';
    return { kind: 'mapping', mark: 'idle', sentence, attributes };
  }
  return mapped.kind === 'mapped'
    ? { kind: 'mapping', mark: 'passed', sentence: 'The mapping gives all that is needed.', attributes }
    : { kind: 'mapping', mark: 'stopped', sentence: mapped.reason, attributes };
}

const standardNames: ReadonlyMap<string, string> = new Map([
  ['username', 'User name'],
  ['email', 'E-mail'],
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['id', 'Keycloak id'],
]);

/** As many as there are rows, in their order. */
function describeRows(rows: readonly MappedRow[], account: DirectoryAccount | undefined): readonly MappedAttribute[] {
  const decided = new Set<AtlassianAttribute>();
  return rows.map((row) => {
    const isNeeded = !decided.has(row.attribute);
    if (row.result.kind !== 'keep') decided.add(row.attribute);
    return isNeeded ? describeRow(row, account) : describeUnneeded(row);
  });
}

function describeUnneeded({ attribute }: MappedRow): MappedAttribute {
  return {
    attribute: attributeNames[attribute],
    from: [],
    steps: [],
    sentence: 'Is not needed: a row before it decides.',
  };
}

function describeRow(row: MappedRow, account: DirectoryAccount | undefined): MappedAttribute {
  const { attribute, from, before, steps, result } = row;
  const now = account === undefined ? undefined : valueOf(account, attribute);
  const sentence = describeResult(result);
  return {
    attribute: attributeNames[attribute],
    from: from.map(({ name, values }): Fact => ({ label: standardNames.get(name) ?? name, value: values.join(', ') })),
    ...(before === undefined ? {} : { before }),
    steps: steps.map(describeStep),
    ...(sentence === undefined ? {} : { sentence }),
    ...(result.kind === 'value' ? { to: result.text } : {}),
    ...(now === undefined ? {} : { now }),
  };
}

/** One transformation at work, in words. */
export function describeStep({ transformation, after }: Omit<TransformedStep, 'before'>): TransformationStep {
  return { transformation: describeTransformation(transformation), ...(after === undefined ? {} : { after }) };
}

function describeResult({ kind }: RowResult): string | undefined {
  switch (kind) {
    case 'value':
      return undefined;
    case 'keep':
      return 'Gives nothing: the next row of this attribute decides, else the value stays as it is.';
    case 'clear':
      return 'Clears the value.';
    case 'leave-out':
      return 'Leaves the person out: nothing changes for them.';
    case 'leave-scope':
      return 'Puts the person out of scope.';
  }
}

function describeAccess(user: SourceUser, account: DirectoryAccount | undefined): MappedAttribute {
  return {
    attribute: 'Access',
    from: [{ label: 'Enabled', value: user.enabled ? 'yes' : 'no' }],
    steps: [],
    to: user.enabled ? 'active' : 'suspended',
    ...(account === undefined ? {} : { now: account.status }),
  };
}

/** What the directory shows of an attribute now. */
function valueOf(account: DirectoryAccount, attribute: AtlassianAttribute): string | undefined {
  if (attribute === 'email') return account.email;
  return attribute === 'displayName' ? account.name : account.profile?.[attribute];
}
