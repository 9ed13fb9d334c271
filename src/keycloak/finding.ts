import { SourceError } from '../domain/errors';
import type { Probe } from '../domain/probe';

/** Every probe of a connection, in the order in which it is shown. */
const titles = {
  address: 'Address allowed',
  reachable: 'Reachable',
  tls: 'TLS certificate',
  realm: 'Realm found',
  client: 'Client accepted',
  'admin-api': 'Admin API reachable',
  users: 'Users readable',
  'user-count': 'User count',
  groups: 'Groups readable',
  'group-count': 'Group count',
  members: 'Members readable',
  rights: 'No more rights than needed',
} as const;

export type ProbeId = keyof typeof titles;
export type Finding = Pick<Probe, 'state' | 'message'>;
export type Findings = Partial<Record<ProbeId, Finding>>;

export const passed = (message: string): Finding => ({ state: 'passed', message });
export const failed = (message: string): Finding => ({ state: 'failed', message });

/** Every probe with its finding; one without was not tested. */
export function listProbes(findings: Findings): readonly Probe[] {
  // `Object.keys` forgets the literal names that the object was written with.
  const ids = Object.keys(titles) as ProbeId[];
  return ids.map((id) => ({
    id,
    title: titles[id],
    ...(findings[id] ?? { state: 'skipped', message: 'Not tested, because of what failed before.' }),
  }));
}

export type Attempt<Value> =
  { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'failed'; readonly error: SourceError };

export async function attempt<Value>(work: Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { kind: 'done', value: await work };
  } catch (error) {
    if (error instanceof SourceError) return { kind: 'failed', error };
    throw error;
  }
}
