import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
// Before everything that loads the platform: it keeps the fetch that it finds.
import { recordExchanges } from './exchanges';

const recorder = recordExchanges();

/**
 * Prints the figures as tables and, with `--json FILE`, writes them. `--quick` measures the small realms and fewer evaluations alone,
 * `--rounds 1` is enough for the requests, which are the same each time, `--evaluations N` sets the number of evaluations, and
 * `--only transformations` needs no Keycloak.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '8' },
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
    values.only === 'transformations'
      ? { transformations }
      : { ...(await benchRuns(values.quick, Number(values.rounds))), transformations };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}

async function benchRuns(quick: boolean, rounds: number): Promise<object> {
  const { makeRealm } = await import('../../dev/keycloak/realms');
  const { startKeycloak } = await import('../../dev/keycloak/server');
  const { measureRead } = await import('./read');
  const { withRequired } = await import('./sizes');
  const { measureOnboarding } = await import('./onboarding');
  const { benchSecret } = await import('./stage');

  const perGroup = 'members per group';
  const sizes = [
    { users: 1_000, groups: 50, what: perGroup },
    // Fewer people than groups: the other way is the cheaper one.
    { users: 200, groups: 500, what: 'groups per person' },
    ...(quick ? [] : [{ users: 10_000, groups: 500, what: perGroup }]),
  ];
  const required = 'Required';
  const read = [];
  const server = await startKeycloak({ report: (line) => console.log(line), javaOptions: '-Xms256m -Xmx2g' });
  try {
    for (const { what, ...size } of sizes) {
      console.log(`${size.users} people, ${size.groups} groups ...`);
      const name = `bench-${size.users}`;
      const realm = withRequired(
        makeRealm({ name, ...size, membershipsPerUser: 8, secret: benchSecret }),
        required,
        50,
      );
      await server.admin.createRealm(realm);
      read.push(await measureRead(realm, server.url, recorder, { what, rounds }));
      read.push(
        await measureRead(realm, server.url, recorder, { what: 'people in scope', required: `/${required}`, rounds }),
      );
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
