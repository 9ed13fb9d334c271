import { PageLink } from '../navigation';

/** Leads from a person of a result to the explanation of what happens to them now. */
export function ExplainLink({ connectorId, user }: { connectorId: string; user: string }) {
  return <PageLink to={{ screen: 'explain', connectorId, user }}>Explain this user</PageLink>;
}
