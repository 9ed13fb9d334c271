import * as v from 'valibot';
import type { Platform } from './platform';

const commandRequest = v.object({ account: v.string(), command: v.string(), payload: v.optional(v.unknown()) });
const invokePayload = v.looseObject({
  functionKey: v.string(),
  payload: v.optional(v.unknown()),
  metadata: v.optional(v.unknown()),
});
const contextPayload = v.object({ colorMode: v.string() });

/** Answers a bridge command that the host page hands on for the person who has it open. */
export async function answerCommand(platform: Platform, moduleKey: string, request: unknown): Promise<unknown> {
  const { account, command, payload } = v.parse(commandRequest, request);
  switch (command) {
    case 'getContext':
      return describeContext(platform, moduleKey, account, v.parse(contextPayload, payload).colorMode);
    case 'invoke': {
      const call = v.parse(invokePayload, payload);
      const body = await platform.invokeResolver({
        moduleKey,
        functionKey: call.functionKey,
        payload: call.payload,
        accountId: account,
      });
      return call.metadata === undefined ? body : { body, metadata: {} };
    }
    case '__permission__egressGet':
      return platform.egress.get(payload);
    case 'may-approve':
      return requireAdmin(platform, account);
    case '__permission__egressSet':
      await requireAdmin(platform, account);
      return platform.egress.set(payload);
    case '__permission__egressDeleteDomain':
      await requireAdmin(platform, account);
      platform.egress.deleteDomain(payload);
      return undefined;
    case '__permission__egressDeleteGroup':
      await requireAdmin(platform, account);
      platform.egress.deleteGroup(payload);
      return undefined;
    default:
      throw new Error(`The command ${command} is not supported here.`);
  }
}

async function requireAdmin(platform: Platform, account: string): Promise<void> {
  if (!(await platform.isAdmin(account))) throw new Error('Only an administrator can change what the app may reach.');
}

function describeContext(platform: Platform, moduleKey: string, accountId: string, colorMode: string) {
  const { installation, manifest } = platform;
  const page = manifest.modules['jira:adminPage'].some(({ key }) => key === moduleKey);
  return {
    accountId,
    cloudId: installation.cloudId,
    environmentId: installation.environmentId,
    environmentType: 'DEVELOPMENT',
    extension: { type: page ? 'jira:adminPage' : 'confluence:globalSettings' },
    localId: `${installation.environmentId}/${moduleKey}`,
    locale: 'en-US',
    moduleKey,
    siteUrl: installation.siteUrl,
    theme: { colorMode },
    timezone: 'UTC',
  };
}
