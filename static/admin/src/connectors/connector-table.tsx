import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { ConnectorSummary } from '../../../../src/api';
import { call } from '../app-calls';
import { showFailed } from '../flags';
import { formatMoment, formatNear } from '../moments';
import { PageLink, useNavigation } from '../navigation';
import { Action } from '../parts/action';
import { Badge } from '../parts/message';
import { useMissingRight } from '../use-right';
import { LastRun } from './last-run';
import { RowMenu } from './row-menu';

const PausedSchedule = lazy(async () => ({ default: (await import('./paused-schedule')).PausedSchedule }));

interface ConnectorTableProps {
  readonly connectors: readonly ConnectorSummary[];
  readonly onSync: (connector: ConnectorSummary) => void;
  readonly onCopy: (connector: ConnectorSummary) => void;
  readonly onImportLinks: (connector: ConnectorSummary) => void;
  readonly onDelete: (connector: ConnectorSummary) => void;
}

/** Every connector in a row, with what can be done. */
export function ConnectorTable({ connectors, ...asking }: ConnectorTableProps) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Connectors">
      <table className="table connector-table">
        <caption className="visually-hidden">Connectors with their last and next run</caption>
        <thead>
          <tr>
            <th scope="col">Connector</th>
            <th scope="col">Last run</th>
            <th scope="col">Next run</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {connectors.map((connector) => (
            <ConnectorRow key={connector.id} connector={connector} {...asking} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ConnectorRow({
  connector,
  onSync,
  onCopy,
  onImportLinks,
  onDelete,
}: { connector: ConnectorSummary } & Omit<ConnectorTableProps, 'connectors'>) {
  const { go } = useNavigation();
  const refused = useMissingRight();
  const { id, name, realm, host, enabled, missing, openRun } = connector;
  const simulate = useMutation({
    mutationFn: () => call('startRun', { connectorId: id, kind: 'simulate' }),
    onSuccess: ({ runId }) => go({ screen: 'run', runId }),
    onError: (error) => showFailed(`Could not simulate ${name}`, error),
  });
  const running = openRun === undefined ? undefined : 'A run of this connector is open already.';
  const off = enabled ? undefined : 'This connector is switched off: switch it on under “More” first.';
  const incomplete = missing.length === 0 ? undefined : missing.join(' ');
  return (
    <tr>
      <th scope="row">
        <PageLink to={{ screen: 'editor', connectorId: id, tab: 'keycloak' }} className="link strong">
          {name}
        </PageLink>
        <span className="subtle block">
          {realm} <span aria-hidden="true">·</span> {host}
        </span>
        {!enabled && <Badge tone="neutral">Switched off</Badge>}
        {missing.length > 0 && <MissingNote missing={missing} />}
      </th>
      <td>
        <LastRun connector={connector} />
      </td>
      <td>
        {connector.pausedBecause !== undefined ? (
          <Suspense fallback={<Badge tone="warning">Paused</Badge>}>
            <PausedSchedule connector={connector} refused={refused} />
          </Suspense>
        ) : connector.nextRunAt === undefined ? (
          <span className="subtle">Not scheduled</span>
        ) : (
          <span title={formatMoment(connector.nextRunAt)}>{formatNear(connector.nextRunAt, Date.now())}</span>
        )}
      </td>
      <td>
        <div className="buttons row-actions">
          <Action
            spacing="compact"
            label={`Simulate ${name}`}
            busy={simulate.isPending}
            disabledBecause={off ?? running}
            onClick={() => simulate.mutate()}
          >
            Simulate
          </Action>
          <Action
            spacing="compact"
            label={`Sync ${name}`}
            disabledBecause={refused ?? off ?? running ?? incomplete}
            onClick={() => onSync(connector)}
          >
            Sync
          </Action>
          <Action
            spacing="compact"
            appearance="subtle"
            label={`Edit ${name}`}
            onClick={() => go({ screen: 'editor', connectorId: id, tab: 'keycloak' })}
          >
            Edit
          </Action>
          <Action
            spacing="compact"
            appearance="subtle"
            label={`Explain a user of ${name}`}
            onClick={() => go({ screen: 'explain', connectorId: id })}
          >
            Explain a user
          </Action>
          <RowMenu
            connector={connector}
            refused={refused}
            running={running}
            idle={off ?? running}
            onCopy={() => onCopy(connector)}
            onImportLinks={() => onImportLinks(connector)}
            onDelete={() => onDelete(connector)}
          />
        </div>
      </td>
    </tr>
  );
}

function MissingNote({ missing }: { missing: readonly string[] }) {
  return (
    <ul className="missing">
      {missing.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
