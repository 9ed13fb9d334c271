import type { ReportRow } from '../../src/domain/report';
import type { Run } from '../../src/domain/run';
import type { Flow } from './flow';

export const minute = 60_000;
export const hour = 60 * minute;

/** Lets everybody accept and every delay pass. */
export function calmDown(flow: Flow): void {
  flow.organization.acceptInvitation();
  flow.organization.settle();
  flow.clock.advance(hour);
}

/** Changes that a plan has, by kind; kinds without any are left out. */
export function planned(run: Run): Record<string, number> {
  return Object.fromEntries(Object.entries(run.counts?.changes ?? {}).filter(([, count]) => count > 0));
}

/** Outcomes that a run has had; those that did not occur are left out. */
export function outcomes(run: Run): Record<string, number> {
  return Object.fromEntries(Object.entries(run.outcomes ?? {}).filter(([, count]) => count > 0));
}

/** How the people of the realm stand in the directory: active, suspended, or absent. */
export function statusOf(flow: Flow, email: string | undefined): string {
  const account = flow.organization.snapshot().accounts.find((each) => each.email === email);
  return Object.values(account?.directories ?? {})[0] ?? 'absent';
}

/** Addresses of everybody who is suspended, sorted. */
export function suspended(flow: Flow): readonly string[] {
  const { accounts } = flow.organization.snapshot();
  return accounts.flatMap(({ email, directories }) =>
    Object.values(directories).includes('suspended') ? [email] : [],
  );
}

export async function readReport(flow: Flow, run: Run): Promise<readonly ReportRow[]> {
  const rows: ReportRow[] = [];
  for (let part = 0; part < (run.reportParts ?? 0); part += 1) {
    rows.push(...(await flow.call('getReport', { runId: run.id, part })));
  }
  return rows;
}

/** The first full run with everything behind it, so that the next one starts from a calm organization. */
export async function loadFirst(flow: Flow): Promise<void> {
  const run = await flow.run('full');
  if (run.state !== 'finished') throw new Error(`${run.state}: ${run.failure?.message ?? 'held'}`);
  calmDown(flow);
  const second = await flow.run('full');
  if (second.state !== 'finished' || Object.keys(planned(second)).length > 0)
    throw new Error('the realm does not settle');
  flow.stage.atlassian.traffic.clear();
}

/** Writes to Atlassian without ids and bodies, sorted. */
export function writes(flow: Flow): readonly string[] {
  return flow.stage.atlassian.traffic
    .writes()
    .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*')}`)
    .sort();
}

/** Addresses of all invitations that the organization carried out, sorted, as often as they were sent. */
export function invitedAddresses(flow: Flow): readonly string[] {
  const sent = flow.stage.atlassian.traffic
    .writes()
    .filter(({ path, status }) => path.endsWith('/users/invite') && status < 300);
  // The adapter's own request.
  return sent.flatMap(({ body }) => (body as { readonly emails: readonly string[] }).emails).sort();
}

/** Disables these people in Keycloak and gives their addresses. */
export const disable = (flow: Flow, ...people: readonly number[]): readonly string[] =>
  people.map((index) => {
    const person = flow.person(index);
    person.enabled = false;
    return person.email ?? '';
  });

/** One sentence for people: several words and a full stop, begun by a large letter, a number or a host. */
export const sentence = /^([A-Z0-9"]|\S+\.test )[^\n{}<>]{20,}\.$/;

/** Makes a person a member of one group more, and answers its name. */
export function join({ realm }: Flow, { id }: { readonly id: string }): string {
  const isIn = (group: { readonly id: string }) =>
    realm.memberships.some((each) => each.userId === id && each.groupId === group.id);
  const group = realm.groups.find((each) => !isIn(each));
  if (group === undefined) throw new Error('the person is in every group');
  realm.memberships.push({ userId: id, groupId: group.id });
  return group.name;
}
