import type { Secret } from '../domain/secret';
import type { AdminWorld } from './admin-world';

/** Who calls, as the platform says; never from the payload. */
export interface Caller {
  readonly accountId: string;
  readonly moduleKey: string | undefined;
}

/** What a function demands of its caller. */
export type Need = 'product administrator' | 'organization administrator';

/** The caller may not do this; the message says who may. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** @throws Forbidden unless the caller is what the function needs, asked at this moment (promise 9) */
export async function checkCaller(admin: AdminWorld, caller: Caller, need: Need): Promise<void> {
  if (!(await admin.isProductAdmin(caller.moduleKey))) {
    throw new Forbidden('Only an administrator of this product may open User & Group Sync.');
  }
  if (need === 'organization administrator' && !(await isOrganizationAdmin(admin, caller))) {
    throw new Forbidden(
      'Only an organization administrator may do this. Set up the Atlassian directory with an API key first, or ask an organization administrator.',
    );
  }
}

/** Whether the stored key shows the caller as an organization administrator; without a key nobody is one. */
export async function isOrganizationAdmin(admin: AdminWorld, caller: Caller): Promise<boolean> {
  const [key, settings] = await Promise.all([admin.secrets.loadApiKey(), admin.directorySettings.load()]);
  if (key === undefined || settings === undefined) return false;
  return admin.isOrganizationAdmin(caller.accountId, key, settings.orgId);
}

/** @throws Forbidden unless this very key shows the caller as an administrator of that organization */
export async function checkWithKey(admin: AdminWorld, caller: Caller, key: Secret, orgId: string): Promise<void> {
  if (!(await admin.isOrganizationAdmin(caller.accountId, key, orgId))) {
    throw new Forbidden(
      'The key does not show you as an administrator of this organization: use a key of an organization where you are one.',
    );
  }
}
