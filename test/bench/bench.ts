import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
// Before everything that loads the platform: it keeps the fetch that it finds.
import { recordExchanges } from './exchanges';

const recorder = recordExchanges();

/**
 * Prints the figures as tables and, with `--json FILE`, writes them. `--quick` measures the small realm and fewer evaluations alone,
 * `--evaluations N` sets their number, and `--only transformations` needs no Keycloak.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      evaluations: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const { measureTransformations } = await import('./transformations');
  const evaluations = Number(values.evaluations ?? (values.quick ? 100_000 : 1_000_000));
  const transformations = measureTransformations(evaluations);
  const { slowest, ...ratios } = transformations;
  console.table([{ ...ratios, ...slowest, pattern: `${slowest.pattern.slice(0, 40)}…` }]);
  const figures =
    values.only === 'transformations' ? { transformations } : { ...(await benchRuns(values.quick)), transformations };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}

async function benchRuns(quick: boolean): Promise<object> {
  const { makeRealm } = await import('../../dev/keycloak/realms');
  const { startKeycloak } = await import('../../dev/keycloak/server');
  const { measureRead } = await import('./read');
  const { measureOnboarding } = await import('./onboarding');
  const { benchSecret } = await import('./stage');

  const sizes = [{ users: 1_000, groups: 50 }, ...(quick ? [] : [{ users: 10_000, groups: 500 }])];
  const read = [];
  const server = await startKeycloak({ report: (line) => console.log(line), javaOptions: '-Xms256m -Xmx2g' });
  try {
    for (const size of sizes) {
      const name = `bench-${size.users}`;
      const realm = makeRealm({ name, ...size, membershipsPerUser: 8, secret: benchSecret });
      await server.admin.createRealm(realm);
      read.push(await measureRead(realm, server.url, recorder));
    }
  } finally {
    await server.stop();
  }
  const figures = { read, ...(await measureOnboarding(quick ? 1_000 : 10_000)) };
  console.table(
    read.map((row) => ({
      ...row,
      'requests / minimum': (row.requests / row.minimumRequests).toFixed(3),
      wallOverBareFetch: row.wallOverBareFetch.toFixed(2),
    })),
  );
  console.table([{ ...figures.onboarding, ...figures.unchangedRun }]);
  return figures;
}

bench().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
