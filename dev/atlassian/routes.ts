import type { Route } from './route';
import { accountManagementRoutes } from './routes/account-management';
import { groupRoutes } from './routes/groups';
import { inviteRoutes } from './routes/invite';
import { membershipRoutes } from './routes/memberships';
import { orgRoutes } from './routes/orgs';
import { roleRoutes } from './routes/roles';
import { userStateRoutes } from './routes/user-state';
import { userRoutes } from './routes/users';

/** Every operation that the stand-in offers. */
export const routes: readonly Route[] = [
  ...orgRoutes,
  ...userRoutes,
  ...userStateRoutes,
  ...inviteRoutes,
  ...groupRoutes,
  ...membershipRoutes,
  ...roleRoutes,
  ...accountManagementRoutes,
];
