import type { GuardContext } from './guards';
import { computeLimit, type Limits } from './limits';
import type { Plan, Violation } from './plan';

/**
 * A mistake in the attribute mapping would rename everybody. A changed address signs somebody out everywhere: no more than ten change in
 * a run, and none for the first time after a change of rules before an administrator has looked.
 */
export function checkUpdates(
  { changes, base }: Plan,
  limits: Limits,
  { memory, rules }: Pick<GuardContext, 'memory' | 'rules'>,
): readonly Violation[] {
  const violations: Violation[] = [];
  const profiles = changes.filter(({ kind }) => kind === 'update-profile').length;
  const limit = computeLimit(limits.profiles, base.accounts);
  if (profiles > limit) {
    const message = `${profiles} of ${base.accounts} active managed accounts would get another name or profile; ${limit} may without approval: check that the attribute mapping is right.`;
    violations.push({ guard: 'profiles-changed', found: profiles, limit, message });
  }
  const emails = changes.filter(({ kind }) => kind === 'update-email').length;
  if (emails > 0 && memory.acceptedRules !== rules) {
    const message = `The rules are not those of the last accepted run, and ${emails === 1 ? '1 e-mail address' : `${emails} e-mail addresses`} would change: each signs a person out everywhere.`;
    violations.push({ guard: 'emails-changed', found: emails, limit: 0, message });
  }
  return violations;
}
