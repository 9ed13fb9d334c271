import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
import { servePage, type ServedPage } from '../../dev/forge/page';
import { createPlatform, type Platform } from '../../dev/forge/platform';
import { chromiumPath } from '../../dev/tooling/chromium';
import { manifest } from '../dev/forge/sample';

const index = `<!doctype html><html><head><title>Sample</title><script>
  const bridge = globalThis.__bridge;
  window.call = async (command, payload) => {
    try { return { value: await bridge.callBridge(command, payload) }; } catch (error) { return { error: error.message }; }
  };
</script></head><body><p style="color: var(--ds-text)">Sample page</p></body></html>`;

let folder = '';
let platform: Platform;
let served: ServedPage;
let browser: Browser;
let page: Page;
let frame: Frame;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bridge-'));
  writeFileSync(path.join(folder, 'index.html'), index);
  writeFileSync(path.join(folder, 'data.json'), '{"served":true}');
  platform = createPlatform({
    manifest,
    app: {
      handlers: {
        resolver: async (event, context) => {
          const { functionKey, payload } = (event as { call: { functionKey: string; payload: unknown } }).call;
          if (functionKey === 'fail') throw new Error('Not allowed.');
          return { payload, principal: (context as { principal: unknown }).principal };
        },
      },
    },
    isAdmin: (accountId) => accountId === 'admin',
  });
  served = await servePage({ platform, folder, accountId: 'admin', title: 'Sample <app>' });
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await served.stop();
  await platform.stop();
  rmSync(folder, { recursive: true });
});

async function open(query = ''): Promise<void> {
  page = await browser.newPage();
  await page.goto(served.url + query);
  const element = await page.waitForSelector('iframe');
  await page.frameLocator('iframe').getByText('Sample page').waitFor();
  const content = await element.contentFrame();
  if (!content) throw new Error('The frame has no content.');
  frame = content;
}

afterEach(async () => page.close());

/** Calls the bridge from within the app's frame. */
async function call(command: string, payload?: unknown): Promise<unknown> {
  return frame.evaluate(
    async ([name, value]) => (window as unknown as { call: (...values: unknown[]) => unknown }).call(name, value), // set by the page above
    [command, payload] as const,
  );
}

describe('the bridge in a browser', () => {
  it('invokes a resolver as the person in front of the page', async () => {
    await open();
    expect([
      await call('invoke', { functionKey: 'echo', payload: { a: 1 } }),
      await call('invoke', { functionKey: 'fail' }),
      await call('invoke', { functionKey: 'echo', metadata: { rateLimitProperties: true } }),
    ]).toEqual([
      { value: { payload: { a: 1 }, principal: { accountId: 'admin' } } },
      { error: 'Not allowed.' },
      { value: { body: { principal: { accountId: 'admin' } }, metadata: {} } },
    ]);
  });

  it('knows whom the address names', async () => {
    await open('?as=otto');
    expect(await call('getContext')).toMatchObject({ value: { accountId: 'otto', moduleKey: 'page' } });
  });

  it('sets the theme, loads the tokens and follows the host', async () => {
    await open('?color=dark');
    await call('enableTheming');
    const look = async () =>
      frame.evaluate(() => [
        document.documentElement.dataset.colorMode,
        getComputedStyle(document.documentElement).getPropertyValue('--ds-text').trim().toUpperCase(),
      ]);
    const dark = await look();
    await page.getByRole('button', { name: 'Light or dark' }).click();
    await frame.waitForFunction(() => document.documentElement.dataset.colorMode === 'light');
    expect([dark, await look()]).toEqual([
      ['dark', '#CECFD2'],
      ['light', '#292A2E'],
    ]);
  });

  it('keeps the history of the app in the address', async () => {
    await open();
    const seen = await frame.evaluate(async () => {
      interface History {
        location: { pathname: string };
        push: (to: string) => void;
        listen: (callback: (location: { pathname: string }, action: string) => void) => void;
      }
      // The bridge's own contract with `@forge/bridge`.
      const bridge = (globalThis as unknown as { __bridge: { callBridge: (name: string) => Promise<History> } })
        .__bridge;
      const history = await bridge.callBridge('createHistory');
      const moves: string[] = [];
      history.listen((location, action) => moves.push(`${action} ${location.pathname}`));
      Object.assign(window, { moves });
      history.push('/runs/1');
      return [history.location.pathname, ...moves];
    });
    await page.waitForURL(/#\/runs\/1$/);
    await page.goBack();
    await frame.waitForFunction(() => (window as unknown as { moves: string[] }).moves.length === 2);
    const moves = await frame.evaluate(() => (window as unknown as { moves: string[] }).moves);
    expect([seen, moves]).toEqual([
      ['/runs/1', 'PUSH /runs/1'],
      ['PUSH /runs/1', 'POP /'],
    ]);
  });

  it('shows a flag in the host and brings its action back into the app', async () => {
    await open();
    await frame.evaluate(async () => {
      const onClick = () => Object.assign(window, { undone: true });
      const flag = { id: 'f', title: 'Saved', type: 'success', actions: [{ text: 'Undo', onClick }] };
      // The bridge's own contract with `@forge/bridge`.
      const bridge = (globalThis as unknown as { __bridge: { callBridge: (...values: unknown[]) => Promise<unknown> } })
        .__bridge;
      await bridge.callBridge('showFlag', flag);
    });
    await page.getByRole('button', { name: 'Undo' }).click();
    await frame.waitForFunction(() => 'undone' in window);
    await call('closeFlag', { id: 'f' });
    expect(await page.getByText('Saved').count()).toBe(0);
  });

  const wish = {
    egresses: [
      {
        key: 'keycloak',
        description: 'Your Keycloak server',
        configured: [{ domain: 'https://keycloak.example.test', type: ['FETCH_BACKEND_SIDE'] }],
      },
    ],
  };

  it.each([
    ['Decline', { error: 'The administrator declined the request.' }, false],
    ['Allow', { value: { results: wish.egresses } }, true],
  ])('asks the administrator before an address is opened: %s', async (button, answer, isAllowed) => {
    await open();
    const asked = call('__permission__egressSet', wish);
    await page.getByText('https://keycloak.example.test').waitFor();
    await page.getByRole('button', { name: button }).click();
    expect([await asked, platform.egress.isAllowed('https://keycloak.example.test/')]).toEqual([answer, isAllowed]);
  });

  it('asks nobody who is no administrator', async () => {
    await open('?as=otto');
    expect(await call('__permission__egressSet', wish)).toEqual({
      error: 'Only an administrator can change what the app may reach.',
    });
  });

  it('refuses what it does not play, and closing an admin page', async () => {
    await open();
    expect([await call('openRovo'), await call('close'), await call('theme')]).toEqual([
      { error: 'The command openRovo is not supported here.' },
      { value: false },
      { error: 'The command theme is not supported here.' },
    ]);
  });

  it('keeps the app in a frame of another origin, under Forge’s policy', async () => {
    await open();
    const seen = await frame.evaluate(async (host) => {
      const attempt = async (work: () => unknown): Promise<string> => {
        try {
          await work();
          return 'done';
        } catch (error) {
          return (error as Error).name; // thrown by the browser
        }
      };
      const body = JSON.stringify({ account: 'admin', command: 'getContext', payload: { colorMode: 'light' } });
      return [
        await attempt(async () => (await fetch('./data.json')).json()),
        await attempt(async () => fetch('https://example.com/')),
        await attempt(
          async () =>
            (await fetch('/forge/command', { method: 'POST', body })).status === 403 || Promise.reject(new Error()),
        ),
        await attempt(async () => fetch(`${host}forge/command`, { method: 'POST', body })),
        await attempt(() => window.parent.document.body),
        await attempt(() => (0, eval)('1')),
      ];
    }, served.url);
    expect(seen).toEqual(['done', 'TypeError', 'done', 'TypeError', 'SecurityError', 'EvalError']);
  });
});
