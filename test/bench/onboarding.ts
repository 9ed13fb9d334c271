import { startKeycloakDouble } from '../../dev/keycloak/double';
import { doubleRealm } from '../../dev/keycloak/double/realm';
import { makeRealm } from '../../dev/keycloak/realms';
import { benchSecret, openBenchStage, runToRest } from './stage';

export interface OnboardingFigures {
  readonly onboarding: { readonly users: number; readonly callsPerUser: number };
  readonly unchangedRun: { readonly calls: number; readonly writes: number };
}

const departments = 40;
const groupsOfDepartment = 8;

/**
 * People of 40 departments: nine in ten have exactly their department's eight groups, the tenth one more. The calls are those
 * that the organization saw until the run had finished; then the same run again. The source is the double: it is not measured.
 */
export async function measureOnboarding(users: number): Promise<OnboardingFigures> {
  const realm = doubleRealm(
    makeRealm({
      name: 'onboarding',
      users,
      groups: departments * groupsOfDepartment,
      membershipsPerUser: 0,
      secret: benchSecret,
    }),
  );
  const people = realm.users.filter((user) => user.serviceAccountClientId === undefined);
  realm.memberships = people.flatMap(({ id }, index) => {
    const department = index % departments;
    const own = realm.groups.slice(department * groupsOfDepartment, (department + 1) * groupsOfDepartment);
    const next = realm.groups[((department + 1) % departments) * groupsOfDepartment];
    const extra = Math.floor(index / departments) % 10 === 9 && next !== undefined ? [next] : [];
    return [...own, ...extra].map((group) => ({ userId: id, groupId: group.id }));
  });
  const keycloak = await startKeycloakDouble({ realm });
  const stage = await openBenchStage({ keycloakUrl: keycloak.url, realm: realm.name });
  try {
    const { traffic, organization } = stage.atlassian;
    traffic.clear();
    await runToRest(stage, 'full');
    const calls = traffic.all.length;
    organization.acceptInvitation();
    organization.settle();
    await runToRest(stage, 'full');
    traffic.clear();
    await runToRest(stage, 'full');
    return {
      onboarding: { users: people.length, callsPerUser: calls / people.length },
      unchangedRun: { calls: traffic.all.length, writes: traffic.writes().length },
    };
  } finally {
    await stage.stop();
    await keycloak.stop();
  }
}
