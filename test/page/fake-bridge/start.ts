import { serveFakeBridge } from './serve';

// For looking at the page while working on it: `npx vite build -c static/admin/vite.config.mts`, then this.
void serveFakeBridge(Number(process.env['PORT'] ?? 0)).then(({ address }) => {
  console.log(
    `Page: ${address}?data=much&theme=light&me=organization (data: none, little, much; theme: dark; me: product)`,
  );
});
