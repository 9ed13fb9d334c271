import { keycloakAddress } from '../../dev/stage';
import type { ExplanationView } from '../../src/api';
import type { ExplainedPerson } from '../../src/domain/explanation';
import { openFlow, type Flow } from './flow';
import { disable, loadFirst, readReport } from './look';

let flow: Flow;
afterEach(() => flow.stop());

async function explain(user: string): Promise<ExplanationView> {
  const { explainId } = await flow.call('startExplain', { connectorId: flow.connectorId, user });
  await flow.stage.platform.drainQueue();
  return flow.call('getExplanation', { explainId });
}

function personOf({ result }: ExplanationView): ExplainedPerson {
  if (result?.kind !== 'person') throw new Error(`the answer is ${result?.kind ?? 'nothing'}`);
  return result.person;
}

describe('explaining a user', () => {
  it('gives what a simulated run gives, for everybody, and writes nothing', async () => {
    flow = await openFlow({ users: 6, groups: 2 });
    await loadFirst(flow);
    disable(flow, 0);
    const [, moved] = flow.realm.users;
    flow.realm.memberships = flow.realm.memberships.filter(({ userId }) => userId !== moved?.id);
    const run = await flow.run('simulate');
    const rows = await readReport(flow, run);
    const people = rows.flatMap((row) => (row.kind === 'person' ? [row] : []));
    expect(people.length).toBe(6);
    for (const { row, changes } of people) {
      const person = personOf(await explain(row.email ?? ''));
      const { operation, reason, notes } = person;
      expect({ operation, reason, notes }).toEqual({ operation: row.operation, reason: row.reason, notes: row.notes });
      expect(person.changes.map(({ kind }) => kind)).toEqual(changes.map(({ kind }) => kind));
      const guards = person.steps.find((step) => step.kind === 'guards');
      expect(guards?.guards.map(({ message }) => message)).toEqual(run.violations?.map(({ message }) => message));
    }
    expect(flow.stage.atlassian.traffic.writes()).toEqual([]);
  });

  it('is a job that stands in no list of runs, and shows where it is until it is done', async () => {
    flow = await openFlow({ users: 6, groups: 2 });
    const { explainId } = await flow.call('startExplain', {
      connectorId: flow.connectorId,
      user: ' nobody@example.com ',
    });
    expect(await flow.call('getExplanation', { explainId })).toEqual({ state: 'reading' });
    await flow.stage.platform.drainQueue();
    expect(await flow.call('getExplanation', { explainId })).toMatchObject({
      state: 'done',
      result: { kind: 'nobody', asked: 'nobody@example.com', peopleRead: 6 },
    });
    expect(await flow.call('listRuns', {})).toEqual([]);
  });

  it('works beside a run and takes no place of one', async () => {
    flow = await openFlow({ users: 6, groups: 2 });
    const { runId } = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'full' });
    const answer = await explain(flow.person(0).username);
    expect(answer.state).toBe('done');
    expect((await flow.settle(runId)).state).toBe('finished');
  });

  it('fails with the sentence of the reading', async () => {
    flow = await openFlow({ users: 6, groups: 2 });
    flow.stage.platform.egress.revoke(keycloakAddress);
    const answer = await explain('somebody');
    expect(answer).toMatchObject({ state: 'failed' });
    expect(answer.message).toMatch(/\.$/);
  });

  it.each([
    [
      'an empty question',
      () => flow.call('startExplain', { connectorId: flow.connectorId, user: '  ' }),
      'bad-setting',
    ],
    [
      'the id of a run',
      async () => {
        const { runId } = await flow.call('startRun', { connectorId: flow.connectorId, kind: 'simulate' });
        return flow.call('getExplanation', { explainId: runId });
      },
      'not-found',
    ],
  ])('refuses %s', async (_what, ask, code) => {
    flow = await openFlow({ users: 2, groups: 1 });
    await expect(ask()).rejects.toThrow(code);
  });
});
