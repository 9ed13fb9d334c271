import * as v from 'valibot';
import type { DirectoryView } from '../api';
import { DirectoryError, SettingsError } from '../domain/errors';
import { describeKeyExpiry } from '../domain/key-expiry';
import { Secret } from '../domain/secret';
import { isInquiry } from '../domain/run';
import { checkWithKey, Forbidden, isOrganizationAdmin, type Caller } from './access';
import type { AdminWorld, DirectorySettings } from './admin-world';
import type { FunctionTable } from './function-table';
import { apiKey, id, nothing, text } from './payloads';

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
  findOrganizations: {
    needs: 'organization administrator by the key',
    payload: v.object({ key: v.optional(apiKey) }),
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
    needs: 'organization administrator by the key',
    payload: v.object({
      key: v.optional(apiKey),
      orgId: id,
      directoryId: id,
      keyOwner: v.optional(text(200)),
      keyExpiresOn: v.optional(v.pipe(v.string(), v.isoDate('Give the date as year-month-day.'))),
    }),
    run: async (admin, payload, caller) => {
      const key = await chooseKey(admin, caller, payload.key);
      await checkWithKey(admin, caller, key, payload.orgId);
      await checkSwitch(admin, caller, payload);
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
  if (typed !== undefined) return new Secret(typed);
  const stored = await admin.secrets.loadApiKey();
  if (stored === undefined) throw new SettingsError('key', 'Enter an API key of your organization.');
  if (!(await isOrganizationAdmin(admin, caller))) {
    throw new Forbidden('Only an organization administrator may use the stored key.');
  }
  return stored;
}

/**
 * Whoever points the app at another organization rules over its connectors and their secrets, and everybody can found one:
 * so only an administrator of the organization that is set up may choose another, unless there is nothing to take over.
 */
async function checkSwitch(
  admin: AdminWorld,
  caller: Caller,
  next: { readonly orgId: string; readonly directoryId: string },
): Promise<void> {
  const current = await admin.directorySettings.load();
  if (current === undefined || (current.orgId === next.orgId && current.directoryId === next.directoryId)) return;
  const open = await admin.world.runs.listOpen();
  if (open.some(({ kind, state }) => !isInquiry(kind) && state !== 'held')) {
    throw new SettingsError('directoryId', 'A run is in progress: wait for its end, then choose another directory.');
  }
  if (current.orgId === next.orgId || (await admin.connectors.list()).length === 0) return;
  if (!(await isOrganizationAdmin(admin, caller))) {
    throw new Forbidden(
      `The connectors belong to ${current.orgName}: only an administrator of it may choose another organization, seen with its stored key. If that key has expired, save a new one of ${current.orgName} first.`,
    );
  }
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
