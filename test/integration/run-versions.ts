import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { testedVersion } from '../../dev/keycloak/install';
import { projectRoot } from '../../dev/tooling/project';

/** The suites that must come out the same on every server: the source, limited or not, and the connection test. */
const suites = ['test/integration/source', 'test/integration/scope', 'test/integration/probes'];

/** Where federations were measured: what LDAP does to a reading changed from one major version to the next. */
const federations = 'test/integration/ldap';
const measuredSince = 26;

/** Runs the suites on each version, one server after the other, and says which passed. */
function runVersions(versions: readonly string[]): boolean {
  const results = versions.map((version) => {
    console.log(`\nKeycloak ${version}`);
    const chosen = Number.parseInt(version, 10) < measuredSince ? suites : [...suites, federations];
    const { status } = spawnSync(
      process.execPath,
      ['--experimental-vm-modules', path.join(projectRoot, 'node_modules/jest/bin/jest.js'), '-w', '1', ...chosen],
      { cwd: projectRoot, stdio: 'inherit', env: { ...process.env, KEYCLOAK_VERSION: version } },
    );
    return { version, passed: status === 0 };
  });
  console.log('');
  for (const { version, passed } of results) console.log(`Keycloak ${version}: ${passed ? 'passed' : 'FAILED'}`);
  return results.every(({ passed }) => passed);
}

const asked = process.argv.slice(2);
process.exitCode = runVersions(asked.length > 0 ? asked : [testedVersion]) ? 0 : 1;
