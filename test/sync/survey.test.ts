import { sourceGroupId } from '../../src/domain/identity';
import { groupScope } from '../domain/model';
import { openFlow, type Flow } from './flow';

let flow: Flow;
afterEach(() => flow.stop());

/** People whose groups Keycloak was asked for. */
const askedPeople = (): number =>
  new Set(flow.keycloak.requests.flatMap(({ path }) => /\/users\/[^/]+\/groups$/.exec(path) ?? [])).size;

describe('a survey', () => {
  beforeEach(async () => {
    flow = await openFlow({ users: 12, groups: 20 });
    const [required] = flow.realm.groups;
    flow.realm.memberships = flow.realm.memberships.concat({
      userId: flow.person(0).id,
      groupId: required?.id ?? '',
    });
    flow.realm.declaredAttributes = ['title'];
    flow.person(0).attributes = { title: ['Dr.'] };
    await flow.save((settings) => ({ ...settings, scope: groupScope([sourceGroupId(required?.id ?? '')], false) }));
  });

  const survey = async () => {
    const { surveyId } = await flow.call('startSurvey', { connectorId: flow.connectorId });
    await flow.settle(surveyId);
    return (await flow.call('getSurvey', { surveyId })).result;
  };

  it('tells the attributes that a mapping can name', async () => {
    expect((await survey())?.attributes).toEqual([{ name: 'title', declared: true, multivalued: false, people: 1 }]);
  });

  it('counts an address as proven where a run would: of Keycloak itself, verified or of a trusted federation', async () => {
    const [mapped, unverified, federated] = [0, 1, 2].map((index) => flow.person(index));
    if (mapped === undefined || unverified === undefined || federated === undefined) throw new Error('three people');
    mapped.attributes = { title: ['boss@boss.example'] };
    unverified.emailVerified = false;
    federated.emailVerified = false;
    federated.federationLink = 'ldap';
    await flow.save((settings) => {
      const mapping = settings.users.mapping.map((row) =>
        row.attribute === 'email' ? { ...row, templates: ['${title}', '${email}'] } : row,
      );
      return {
        ...settings,
        scope: { kind: 'realm' },
        users: { ...settings.users, mapping, trustedFederations: ['ldap'] },
      };
    });
    const domain = federated.email?.split('@')[1];
    const domains = (await survey())?.domains;
    expect(domains?.find((each) => each.domain === 'boss.example')).toMatchObject({ people: 1, proven: 0 });
    const theirs = domains?.find((each) => each.domain === domain);
    expect(theirs).toMatchObject({ proven: (theirs?.people ?? 0) - 1 });
  });

  it('shows the members of every group although groups limit the scope', async () => {
    const members = Map.groupBy(flow.realm.memberships, ({ groupId }) => groupId);
    const result = await survey();
    const expected = flow.realm.groups.map(({ id }) => [
      id,
      new Set((members.get(id) ?? []).map(({ userId }) => userId)).size,
    ]);
    expect(new Map(result?.groups.map(({ id, members: count }) => [id, count]))).toEqual(
      new Map(expected as [string, number][]), // pairs, as they were written above
    );
  });

  it('asks for everybody, and a run of the same settings for the people in scope alone', async () => {
    const required = flow.realm.groups[0]?.id;
    const members = flow.realm.memberships.filter(({ groupId }) => groupId === required);
    await flow.run('simulate');
    expect(askedPeople()).toBe(new Set(members.map(({ userId }) => userId)).size);
    await survey();
    expect(askedPeople()).toBe(12);
  });
});
