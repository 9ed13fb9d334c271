import { listFields } from './account-profile';
import type { Change, ProfileChanges, ValueChange } from './change';
import { describeMode } from './group-mode';
import type { SourceUserId } from './identity';
import { attributeNames, type AtlassianAttribute } from './mapping-row';

/** One change as a sentence for the report. Without a name for the person it reads as part of that person's row. */
export function describeChange(change: Change, names: ReadonlyMap<SourceUserId, string> = new Map()): string {
  switch (change.kind) {
    case 'create-group':
      return `Create group "${change.name}".`;
    case 'adopt-group':
      return `${change.origin === 'created' ? 'Link' : 'Adopt'} group "${change.name}" (${describeMode(change.mode)}).`;
    case 'invite':
      return `Invite ${change.displayName} (${change.email}).`;
    case 'adopt-account':
      return `Adopt the existing account of ${names.get(change.user) ?? change.email}.`;
    case 'restore':
      return `Reactivate ${subject(change.user, names)}.`;
    case 'update-profile':
      return `${names.has(change.user) ? `${subject(change.user, names)}: ` : ''}${describeFields(change.fields)}.`;
    case 'update-email': {
      const whose = names.has(change.user) ? ` of ${subject(change.user, names)}` : '';
      return `Change the e-mail address${whose} from ${change.before} to ${change.after}: signs the person out everywhere.`;
    }
    case 'add-member':
      return names.has(change.user)
        ? `Add ${subject(change.user, names)} to group "${change.groupName}".`
        : `Add to group "${change.groupName}".`;
    case 'remove-member':
      return names.has(change.user)
        ? `Remove ${subject(change.user, names)} from group "${change.groupName}".`
        : `Remove from group "${change.groupName}".`;
    case 'suspend':
      return `Deactivate ${subject(change.user, names)}${describeEvidence(change.evidence)}.`;
    case 'remove-account':
      return `Remove ${subject(change.user, names)} from the directory${describeEvidence(change.evidence)}.`;
  }
}

/** Each attribute with its value before and after, in the order of the attributes. */
function describeFields(fields: ProfileChanges): string {
  const order = Object.keys(attributeNames);
  return listFields(fields)
    .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([attribute, value], index) => describeValue(attribute, value, index === 0))
    .join('; ');
}

function describeValue(attribute: AtlassianAttribute, { before = '', after }: ValueChange, first: boolean): string {
  const name = first ? attributeNames[attribute] : attributeNames[attribute].toLowerCase();
  const tell = (text: string) => (text === '' ? 'nothing' : `"${text}"`);
  return `${name} from ${tell(before)} to ${tell(after)}`;
}

function subject(user: SourceUserId, names: ReadonlyMap<SourceUserId, string>): string {
  return names.get(user) ?? 'the account';
}

function describeEvidence(evidence: 'listed' | 'confirmed-absent' | 'unconfirmed'): string {
  return evidence === 'unconfirmed' ? ' (not before the absence is confirmed)' : '';
}
