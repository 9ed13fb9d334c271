import { chmod, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../../../dev/keycloak/install';
import { findLdapJar } from '../../../dev/keycloak/ldap-jar';
import { makeFolder } from './fake-server';

const before = { ...process.env };

beforeEach(async () => {
  process.env.USER_GROUP_SYNC_CACHE = await makeFolder('ldap-cache');
});

afterEach(() => {
  process.env = { ...before };
});

it('an LDAP server that is not the known one is refused and not kept', async () => {
  const tools = await makeFolder('tools');
  const script = `#!/bin/sh
for option; do case "$option" in -DoutputDirectory=*) folder="\${option#*=}";; esac; done
printf 'something else' > "$folder/unboundid-ldapsdk-7.0.3.jar"
`;
  await writeFile(join(tools, 'mvn'), script);
  await chmod(join(tools, 'mvn'), 0o755);
  process.env.PATH = `${tools}${delimiter}${process.env.PATH ?? ''}`;
  await expect(findLdapJar()).rejects.toThrow(/unboundid-ldapsdk-7\.0\.3\.jar.*checksum/);
  expect(await readdir(cacheFolder())).toEqual([]);
});
