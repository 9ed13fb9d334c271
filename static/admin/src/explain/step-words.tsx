import ChangesIcon from '@atlaskit/icon/core/changes';
import LinkIcon from '@atlaskit/icon/core/link';
import PeopleGroupIcon from '@atlaskit/icon/core/people-group';
import PersonIcon from '@atlaskit/icon/core/person';
import ShieldIcon from '@atlaskit/icon/core/shield';
import TargetIcon from '@atlaskit/icon/core/target';
import TransitionIcon from '@atlaskit/icon/core/transition';
import type { ComponentType } from 'react';
import type { ExplainStep, StepMark } from '../../../../src/domain/explanation';

interface StepWords {
  readonly title: string;
  readonly Icon: ComponentType<{ readonly label: string }>;
}

/** The seven steps in their order, each with its picture. */
export const stepWords: Readonly<Record<ExplainStep['kind'], StepWords>> = {
  found: { title: 'Keycloak', Icon: PersonIcon },
  scope: { title: 'Scope', Icon: TargetIcon },
  match: { title: 'Match', Icon: LinkIcon },
  mapping: { title: 'Mapping', Icon: TransitionIcon },
  groups: { title: 'Groups', Icon: PeopleGroupIcon },
  changes: { title: 'Changes', Icon: ChangesIcon },
  guards: { title: 'Safety limits', Icon: ShieldIcon },
};

/** What the colour of a step says, for those who do not see it. */
export const markWords: Readonly<Record<StepMark, string>> = {
  passed: 'passed',
  attention: 'needs attention',
  stopped: 'stopped here',
  idle: 'nothing to do',
};
