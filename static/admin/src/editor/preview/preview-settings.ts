import type { ConnectorSettings } from '../../../../../src/domain/connector';
import type { ExplainStep } from '../../../../../src/domain/explanation';

/** Whether the draft would give another preview: when it runs and what it is called makes none. */
export function isOutdated(previewed: ConnectorSettings, draft: ConnectorSettings): boolean {
  return JSON.stringify(listShaping(previewed)) !== JSON.stringify(listShaping(draft));
}

function listShaping({ keycloak, scope, users, groups, cleanup }: ConnectorSettings): readonly unknown[] {
  return [keycloak, scope, users, groups, cleanup];
}

const shown: readonly ExplainStep['kind'][] = ['scope', 'match', 'mapping', 'groups', 'changes'];

/** The steps that settings make a difference in. The limits of a run of everybody are left to the simulation. */
export function selectPreviewed(steps: readonly ExplainStep[]): readonly ExplainStep[] {
  return steps.filter(({ kind }) => shown.includes(kind));
}
