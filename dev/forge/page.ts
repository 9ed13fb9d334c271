import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { getThemeStyles } from '@atlaskit/tokens/get-theme-styles';
import { setBooleanFeatureFlagResolver } from '@atlaskit/platform-feature-flags';
import { Hono } from 'hono';
import { prepareAppPage } from './app-page';
import { renderHostPage } from './host-page';
import { listPages } from './manifest';
import { answerCommand } from './page-command';
import type { Platform } from './platform';

export interface PageOptions {
  readonly platform: Platform;
  /** The built page: the folder with its index.html. */
  readonly folder: string;
  /** Who is in front of the page, unless the address says `?as=ACCOUNT`. */
  readonly accountId: string;
  readonly title?: string;
}

export interface ServedPage {
  /** Address of the host page. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

const browserFolder = path.join(__dirname, 'browser');
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** One server under two names, so that a browser keeps product and app apart as it does on a site. */
const hostName = '127.0.0.1';
const appName = 'localhost';

function originAs(url: URL, hostname: string): string {
  const renamed = new URL(url);
  renamed.hostname = hostname;
  return renamed.origin;
}

async function renderTokens(): Promise<string> {
  const names = ['light', 'dark', 'spacing', 'typography', 'shape', 'motion'] as const;
  const [light, dark, spacing, typography, shape, motion] = names;
  // Outside Atlassian every feature gate is off.
  setBooleanFeatureFlagResolver(() => false);
  const styles = await getThemeStyles({ colorMode: 'auto', light, dark, spacing, typography, shape, motion });
  return styles.map(({ css }) => css).join('\n');
}

/** The product's page, the app's frame in it, and the bridge between them. */
export function createPage({ platform, folder, accountId, title = 'User & Group Sync' }: PageOptions): Hono {
  const server = new Hono();
  const [module] = listPages(platform.manifest);
  const moduleKey = module?.key ?? '';

  server.get('/', (context) => {
    const url = new URL(context.req.url);
    if (url.hostname !== hostName) return context.redirect(originAs(url, hostName) + url.pathname + url.search);
    const page = {
      drawsHeading: module?.layout !== 'blank',
      title,
      colorMode: url.searchParams.get('color') === 'dark' ? 'dark' : 'light',
      appOrigin: originAs(url, appName),
      accountId: url.searchParams.get('as') ?? accountId,
    } as const;
    return context.html(renderHostPage(page));
  });

  server.post('/forge/command', async (context) => {
    // The app's frame is served here too: only the host page may speak for a person.
    const { hostname, origin } = new URL(context.req.url);
    if (hostname !== hostName || context.req.header('origin') !== origin) {
      return context.json({ error: 'Only the host page may ask.' }, 403);
    }
    try {
      return context.json({ value: await answerCommand(platform, moduleKey, await context.req.json()) });
    } catch (error) {
      return context.json({ error: error instanceof Error ? error.message : 'It failed.' });
    }
  });

  server.get('/forge/tokens.css', async (context) =>
    context.body(await renderTokens(), 200, { 'content-type': 'text/css' }),
  );
  server.get('/forge/:name{(bridge\\.js|host\\.js|host\\.css)}', async (context) => {
    const name = context.req.param('name');
    const type = types[path.extname(name)] ?? 'text/plain';
    return context.body(await readFile(path.join(browserFolder, name), 'utf8'), 200, { 'content-type': type });
  });

  server.use('/app/*', async (context, next) =>
    new URL(context.req.url).hostname === appName ? next() : context.text('Not here.', 404),
  );
  server.get('/app/index.html', async (context) => {
    const hostOrigin = originAs(new URL(context.req.url), hostName);
    const index = await readFile(path.join(folder, 'index.html'), 'utf8');
    const { html, policy } = prepareAppPage(index, platform.manifest.permissions, hostOrigin);
    return context.html(html, 200, { 'content-security-policy': policy });
  });
  server.use('/app/*', serveStatic({ root: folder, rewriteRequestPath: (asked) => asked.replace(/^\/app/, '') }));
  return server;
}

/** Serves the page on 127.0.0.1, on a port of the system's choice unless one is given. */
export async function servePage({
  port = 0,
  ...options
}: PageOptions & { readonly port?: number }): Promise<ServedPage> {
  const app = createPage(options);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) =>
      resolve({
        url: `http://127.0.0.1:${info.port}/`,
        port: info.port,
        stop: async () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      }),
    );
    server.on('error', reject);
  });
}
