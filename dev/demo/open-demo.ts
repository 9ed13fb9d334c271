import type { Organization } from '../atlassian/organization';
import { servePage } from '../forge/page';
import { openStage, type Stage } from '../stage';
import { ensureBundle } from '../tooling/bundle';
import { ensurePage } from '../tooling/page-build';
import { fillIn } from './fill-in';
import { demoAdmin } from './organization';

export interface DemoOptions {
  readonly organization: Organization;
  readonly keycloakUrl: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** Whether directory and connector are filled in. */
  readonly filled: boolean;
  /** Where storage and organization are kept between starts; nowhere without it. */
  readonly files?: { readonly storage: string; readonly organization: string };
  /** Approved addresses that nobody plays are called for real. */
  readonly realNetwork?: boolean;
  readonly report?: (line: string) => void;
}

export interface Demo {
  /** Address of the admin page. */
  readonly url: string;
  readonly stage: Stage;
  /** Account id of the administrator in front of the page. */
  readonly admin: string;
  stop(): Promise<void>;
}

/** The bundle and the built page between their neighbours, in real time, with a page to look at. */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  const { organization, files, report = () => undefined } = options;
  const [bundlePath, page] = await Promise.all([ensureBundle(), ensurePage()]);
  const stage = await openStage({
    app: { bundlePath },
    atlassian: { organization, ...(files === undefined ? {} : { file: files.organization }) },
    keycloakUrl: options.keycloakUrl,
    ...(files === undefined ? {} : { storageFile: files.storage }),
    realNetwork: options.realNetwork ?? false,
    echo: ({ level, text }) => report(`[app ${level}] ${text}`),
  });
  const admin = organization.account(demoAdmin)?.id ?? '';
  if (options.filled) await fillIn(stage, admin);
  stage.platform.startRealTime({ onError: (error) => report(`[platform] ${String(error)}`) });
  const served = await servePage({ platform: stage.platform, folder: page, accountId: admin, port: options.port });
  return {
    url: served.url,
    stage,
    admin,
    stop: async () => {
      await served.stop();
      await stage.stop();
    },
  };
}
