import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { closeSamples, openSample } from './sample';

const modules = path.resolve('node_modules');

// What Forge's bundler makes of an app: one CommonJS file whose exports the manifest names.
const bundle = `
  let loaded = globalThis.fetch('https://api.atlassian.com/').then(() => 'reached', (error) => error.message);
  const { kvs } = require(${JSON.stringify(path.join(modules, '@forge/kvs'))});
  const { fetch } = require(${JSON.stringify(path.join(modules, '@forge/api'))});
  exports.resolver = async ({ call }) => {
    if (call.functionKey === 'loaded') return loaded;
    if (call.functionKey === 'fetch') return (await fetch('https://elsewhere.test/')).status;
    await kvs.set('from', 'bundle');
    return kvs.get('from');
  };
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bundle-'));
  writeFileSync(path.join(folder, 'index.cjs'), bundle);
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(closeSamples);

describe('a bundle', () => {
  it.each([
    ['uses storage', 'storage', 'bundle'],
    ['goes out through the platform although the SDK kept fetch when it was loaded', 'fetch', 403],
    ['cannot call out while it is loaded', 'loaded', 'fetch is not available while the app is loaded'],
  ])('%s', async (_name, functionKey, result) => {
    const { platform } = openSample({ app: { bundlePath: path.join(folder, 'index.cjs') } });
    expect(await platform.invokeResolver({ moduleKey: 'page', functionKey, accountId: 'anna' })).toEqual(result);
  });
});
