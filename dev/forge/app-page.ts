import { CSPInjectionService, CSPProcessingService } from '@forge/csp';
import { load } from 'cheerio';
import type { Permissions } from '@forge/manifest';

export interface AppPage {
  readonly html: string;
  /** The policy that Forge sends with this page. */
  readonly policy: string;
}

/** The app's index.html as Forge serves it: the bridge before every other script, and Forge's own policy. */
export function prepareAppPage(index: string, permissions: unknown, hostOrigin: string): AppPage {
  // The manifest was validated as the tooling's own type by those who made it.
  const declared = permissions as Permissions;
  const existingCSPDetails = new CSPProcessingService({ info: () => undefined }, load).getCspDetails(index, declared);
  const policy = new CSPInjectionService()
    .getInjectableCSP({ existingCSPDetails, microsEnv: 'prod', hostname: hostOrigin })
    // Reports of violations would leave the machine.
    .filter((directive) => !directive.startsWith('report-uri'))
    .join('; ');
  const page = load(index);
  page('head').prepend(`<script src="/forge/bridge.js" data-host-origin="${hostOrigin}"></script>`);
  return { html: page.html(), policy };
}
