import type { Secret } from '../domain/secret';
import type { AdminWorld } from './admin-world';

/** Who calls, as the platform says; never from the payload. */
export interface Caller {
  readonly accountId: string;
  readonly moduleKey: string | undefined;
}

/**
 * What a function demands of its caller. With `organization administrator by the key` the function itself asks, with the key that
 * it is to work with: it may come with the payload.
 */
export type Need = 'product administrator' | 'organization administrator' | 'organization administrator by the key';

/** The caller may not do this; the message says who may. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** @throws Forbidden unless the product calls the caller an administrator at this moment (promise 9) */
export async function checkProductAdmin(admin: AdminWorld, caller: Caller): Promise<void> {
  if (!(await admin.isProductAdmin(caller.moduleKey))) {
    throw new Forbidden('Only an administrator of this product may open User & Group Sync.');
  }
}

/** @throws Forbidden unless a product administrator is what the function needs beyond that, asked at this moment (promise 9) */
export async function checkNeed(admin: AdminWorld, caller: Caller, need: Need): Promise<void> {
  if (need === 'organization administrator' && !(await isOrganizationAdmin(admin, caller))) {
    throw new Forbidden(
      'Only an organization administrator may do this, seen with the stored API key: ask one, or give the Atlassian directory a valid key first.',
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
