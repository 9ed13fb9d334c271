import type { Cleanup } from '../../../../../src/domain/connector';
import { countOf } from '../../moments';

const behaviours: Readonly<Record<Cleanup['behaviour'], string>> = {
  deactivate: 'their account is deactivated',
  remove: 'their account is removed from the directory',
  keep: 'their account is kept',
};

/** What the cleanup of the tab Sync Settings does to somebody who leaves the scope. */
export function describeLeaving({ behaviour, memberships, graceDays }: Cleanup): string {
  const when = graceDays === 0 ? 'With the next full sync' : `After ${countOf(graceDays, 'day')}`;
  const groups = memberships ? ', and they lose their memberships of synced groups' : '';
  return `${when} ${behaviours[behaviour]}${groups}: that is the cleanup of the tab Sync Settings.`;
}
