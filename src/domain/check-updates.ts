import { computeLimit, type Limits } from './limits';
import type { Plan, Violation } from './plan';

/** A mistake in the attribute mapping would rename everybody, and a changed address signs somebody out everywhere. */
export function checkUpdates({ changes, base }: Plan, limits: Limits): readonly Violation[] {
  const violations: Violation[] = [];
  const profiles = changes.filter(({ kind }) => kind === 'update-profile').length;
  const limit = computeLimit(limits.profiles, base.accounts);
  if (profiles > limit) {
    const message = `${profiles} of ${base.accounts} active managed accounts would get another name or profile; ${limit} may without approval: check that the attribute mapping is right.`;
    violations.push({ guard: 'profiles-changed', found: profiles, limit, message });
  }
  const emails = changes.filter(({ kind }) => kind === 'update-email').length;
  if (emails > limits.emails) {
    const message = `${emails} people would get another e-mail address and be signed out everywhere; ${limits.emails} may without approval.`;
    violations.push({ guard: 'emails-changed', found: emails, limit: limits.emails, message });
  }
  return violations;
}
