import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { featureGatesOff } from '../../../static/admin/build/feature-gates.mjs';

const root = join(__dirname, '../../..');
const dist = join(root, 'static/admin/dist');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

// Like the product's: nothing from elsewhere, no inline script; inline styles as the manifest asks for.
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'";

/** Serves the built page with a bridge in front of it that answers from memory; port 0 takes a free one. */
export async function serveFakeBridge(port: number): Promise<{ readonly address: string; readonly server: Server }> {
  const bridge = await buildBridge();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    void answerFile(pathname, bridge).then(
      ({ body, type }) => {
        response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo; // a listening TCP server has one
  return { address: `http://127.0.0.1:${taken}/`, server };
}

async function answerFile(pathname: string, bridge: string): Promise<{ body: string | Buffer; type: string }> {
  if (pathname === '/favicon.ico') return { body: '', type: 'image/x-icon' };
  if (pathname === '/fake-bridge.js') return { body: bridge, type: 'text/javascript' };
  const path = pathname === '/' ? '/index.html' : normalize(pathname);
  const body = await readFile(join(dist, path));
  const type = contentTypes[extname(path)] ?? 'application/octet-stream';
  if (path !== '/index.html') return { body, type };
  return { body: body.toString().replace('<head>', '<head><script src="/fake-bridge.js"></script>'), type };
}

async function buildBridge(): Promise<string> {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [featureGatesOff()],
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: join(__dirname, 'bridge.ts'), formats: ['iife'], name: 'fakeBridge' },
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
  const bundle = Array.isArray(result) ? result[0] : result;
  if (bundle === undefined || !('output' in bundle)) throw new Error('The bridge was not built.');
  return bundle.output[0].code;
}
