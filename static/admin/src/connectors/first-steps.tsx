import type { ReactNode } from 'react';
import type { DirectoryView } from '../../../../src/api';
import { useNavigation } from '../navigation';
import { Action } from '../parts/action';
import { Badge } from '../parts/message';
import { useMissingRight } from '../use-right';
import { FlowPicture } from './flow-picture';

/** What stands here before the first connector: the way from nothing to the first simulation, in three steps. */
export function FirstSteps({ directory }: { directory: DirectoryView }) {
  const { go } = useNavigation();
  const refused = useMissingRight();
  return (
    <section className="first-steps" aria-labelledby="first-steps-title">
      <FlowPicture />
      <h2 id="first-steps-title">Connect your first Keycloak realm</h2>
      <p className="subtle">
        You see every change before it happens. Nothing in Atlassian is written until you start a full sync.
      </p>
      <ol>
        <Step
          number={1}
          title="Atlassian directory"
          done={directory.configured}
          text="Store an organization API key and choose the directory that the sync writes to."
          action={
            <Action
              appearance={directory.configured ? 'default' : 'primary'}
              onClick={() => go({ screen: 'directory' })}
            >
              {directory.configured ? 'Change' : 'Set up the directory'}
            </Action>
          }
        />
        <Step
          number={2}
          title="Connector"
          done={false}
          text="Enter the address of your Keycloak, the realm and a client that may view users. Then test the connection."
          action={
            <Action
              appearance={directory.configured ? 'primary' : 'default'}
              disabledBecause={refused}
              onClick={() => go({ screen: 'editor', tab: 'keycloak' })}
            >
              Create connector
            </Action>
          }
        />
        <Step
          number={3}
          title="Simulate"
          done={false}
          text="Read both sides and look at the plan: who would be added, updated or deactivated, and why."
        />
      </ol>
    </section>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly done: boolean;
  readonly action?: ReactNode;
}

function Step({ number, title, text, done, action }: StepProps) {
  return (
    <li className="card step">
      <span className="step-number" aria-hidden="true">
        {number}
      </span>
      <h3>
        {title} {done && <Badge tone="success">Done</Badge>}
      </h3>
      <p>{text}</p>
      {action !== undefined && <div className="step-action">{action}</div>}
    </li>
  );
}
