import * as v from 'valibot';
import type { DirectoryView } from '../api';
import { DirectoryError, SettingsError } from '../domain/errors';
import { describeKeyExpiry } from '../domain/key-expiry';
import { Secret } from '../domain/secret';
import { checkWithKey, Forbidden, isOrganizationAdmin, type Caller } from './access';
import type { AdminWorld, DirectorySettings } from './admin-world';
import type { FunctionTable } from './function-table';
import { id, nothing, secretText, text } from './payloads';

export const directoryFunctions: FunctionTable<
  'getMe' | 'getDirectory' | 'findOrganizations' | 'saveDirectory' | 'testDirectory'
> = {
  getMe: {
    needs: 'product administrator',
    payload: nothing,
    run: async (admin, _payload, caller) => ({
      productAdmin: true,
      organizationAdmin: await isOrganizationAdmin(admin, caller),
    }),
  },
  getDirectory: {
    needs: 'product administrator',
    payload: nothing,
    run: async (admin) => view(admin, await admin.directorySettings.load()),
  },
  // With a key of their own product administrators prove themselves by that key; see `chooseKey`.
  findOrganizations: {
    needs: 'product administrator',
    payload: v.object({ key: v.optional(secretText) }),
    run: async (admin, payload, caller) => {
      const key = await chooseKey(admin, caller, payload.key);
      const all = await admin.readOrganizations(key);
      const allowed = await Promise.all(
        all.map((choice) => admin.isOrganizationAdmin(caller.accountId, key, choice.orgId)),
      );
      const own = all.filter((_, index) => allowed[index] === true);
      if (own.length === 0) throw new Forbidden('The key does not show you as an administrator of its organization.');
      return own;
    },
  },
  saveDirectory: {
    needs: 'product administrator',
    payload: v.object({
      key: v.optional(secretText),
      orgId: id,
      directoryId: id,
      keyOwner: v.optional(text(200)),
      keyExpiresOn: v.optional(v.pipe(v.string(), v.isoDate('Give the date as year-month-day.'))),
    }),
    run: async (admin, payload, caller) => {
      const key = await chooseKey(admin, caller, payload.key);
      await checkWithKey(admin, caller, key, payload.orgId);
      const organization = (await admin.readOrganizations(key)).find(({ orgId }) => orgId === payload.orgId);
      const directory = organization?.directories.find(({ directoryId }) => directoryId === payload.directoryId);
      if (organization === undefined || directory === undefined) {
        throw new SettingsError('directoryId', 'The key does not know this directory: choose one from the list.');
      }
      const settings: DirectorySettings = {
        orgId: payload.orgId,
        orgName: organization.name,
        directoryId: payload.directoryId,
        directoryName: directory.name,
        ...(payload.keyOwner === undefined ? {} : { keyOwner: payload.keyOwner }),
        ...(payload.keyExpiresOn === undefined ? {} : { keyExpiresOn: payload.keyExpiresOn }),
      };
      if (payload.key !== undefined) await admin.secrets.saveApiKey(key);
      await admin.directorySettings.save(settings);
      return view(admin, settings);
    },
  },
  testDirectory: {
    needs: 'organization administrator',
    payload: nothing,
    run: async (admin) => {
      const [settings, key] = await Promise.all([admin.directorySettings.load(), admin.secrets.loadApiKey()]);
      if (settings === undefined || key === undefined) throw notConfigured();
      return admin.probeDirectory(settings, key);
    },
  },
};

/** The key typed now, or the stored one, for which the caller must be an organization administrator already. */
async function chooseKey(admin: AdminWorld, caller: Caller, typed: string | undefined): Promise<Secret> {
  if (typed !== undefined) return new Secret(typed.trim());
  const stored = await admin.secrets.loadApiKey();
  if (stored === undefined) throw new SettingsError('key', 'Enter an API key of your organization.');
  if (!(await isOrganizationAdmin(admin, caller))) {
    throw new Forbidden('Only an organization administrator may use the stored key.');
  }
  return stored;
}

async function view(admin: AdminWorld, settings: DirectorySettings | undefined): Promise<DirectoryView> {
  const hasKey = (await admin.secrets.loadApiKey()) !== undefined;
  const expiry = describeKeyExpiry(settings?.keyExpiresOn, admin.world.now());
  const warns = hasKey && (expiry.state === 'warning' || expiry.state === 'expired');
  return {
    configured: settings !== undefined && hasKey,
    hasKey,
    ...settings,
    ...(warns ? { keyWarning: expiry.message } : {}),
  };
}

function notConfigured(): DirectoryError {
  return new DirectoryError('not-configured', 'Set up the Atlassian directory first.', 'stop');
}
