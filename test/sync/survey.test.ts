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
