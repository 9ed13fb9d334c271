import type { DirectoryView, Me } from '../../../src/api';

/** Why somebody cannot do what takes an organization administrator; absent when nothing is in the way. */
export function describeMissingRight(me: Me | undefined, directory: DirectoryView | undefined): string | undefined {
  if (me === undefined || directory === undefined) return 'Your rights are being checked.';
  if (me.organizationAdmin) return undefined;
  if (!directory.hasKey) {
    return 'Set up the Atlassian directory first: its key shows who is an organization administrator.';
  }
  return 'This needs an organization administrator.';
}
