import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ReportRow } from '../../../../src/domain/report';
import type { Run } from '../../../../src/domain/run';
import { call, messageOf } from '../app-calls';
import { showDone } from '../flags';
import { countOf, formatCount } from '../moments';
import { Action } from '../parts/action';
import { FieldError } from '../parts/field';
import { Badge } from '../parts/message';
import { Tick } from '../parts/tick';
import { VirtualList } from '../parts/virtual-list';
import { useMissingRight } from '../use-right';
import type { Match } from './matches';
import { describeDoubt, findMatches, mostMatches } from './matches';
import { useReport } from './use-report';

/** Accounts that fit a person without proof, to be confirmed together or one by one; nothing when there are none. */
export function MatchList({ run }: { run: Run }) {
  const rows = useReport(run).report.data;
  const matches = useMemo(() => findMatches(rows ?? noRows), [rows]);
  return matches.length === 0 ? null : <Matches run={run} matches={matches} />;
}

const noRows: readonly ReportRow[] = [];

function Matches({ run, matches }: { run: Run; matches: readonly Match[] }) {
  const refused = useMissingRight();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(matches.filter(({ candidate }) => candidate.agrees).map(({ user }) => user)),
  );
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const waiting = matches.filter(({ user }) => !confirmed.has(user));
  const wanted = waiting.filter(({ user }) => chosen.has(user));
  const now = wanted.slice(0, mostMatches);
  const confirm = useMutation({
    mutationFn: (some: readonly Match[]) =>
      call('confirmMatches', {
        connectorId: run.connectorId,
        matches: some.map(({ user, candidate }) => ({ user, accountId: candidate.accountId })),
      }),
    onSuccess: (_, some) => {
      setConfirmed((old) => new Set([...old, ...some.map(({ user }) => user)]));
      showDone(`${countOf(some.length, 'match', 'matches')} confirmed`, 'They are linked by the next full sync.');
    },
  });
  const tick = (users: readonly string[], ticked: boolean) =>
    setChosen((old) => {
      const next = new Set(old);
      for (const user of users) {
        if (ticked) next.add(user);
        else next.delete(user);
      }
      return next;
    });
  const agreeing = waiting.filter(({ candidate }) => candidate.agrees);
  return (
    <section className="card matches" aria-labelledby="matches-title">
      <header className="card-header">
        <h2 id="matches-title">
          {waiting.length === 0
            ? 'All matches are confirmed'
            : `${countOf(waiting.length, 'account')} may belong to people of the realm`}
        </h2>
        {waiting.length > 0 && (
          <Action
            appearance="primary"
            busy={confirm.isPending}
            disabledBecause={refused ?? (now.length === 0 ? 'Choose at least one match.' : undefined)}
            onClick={() => confirm.mutate(now)}
          >
            {`Confirm ${countOf(now.length, 'match', 'matches')}`}
          </Action>
        )}
      </header>
      <div className="held-body">
        <p className="subtle">
          {waiting.length === 0
            ? 'The next full sync links them.'
            : 'An equal address is no proof. Nothing changes for these people, and nobody of them is invited, until you confirm that the account is theirs.'}
        </p>
        {confirm.isError && <FieldError message={messageOf(confirm.error)} />}
        {agreeing.length > 1 && (
          <div className="tick-all">
            <Tick
              showLabel
              label={`All ${formatCount(agreeing.length)} where everything agrees`}
              checked={agreeing.every(({ user }) => chosen.has(user))}
              onChange={(ticked) =>
                tick(
                  agreeing.map(({ user }) => user),
                  ticked,
                )
              }
            />
          </div>
        )}
        {waiting.length > 0 && (
          <VirtualList
            label="Matches to confirm"
            items={waiting}
            keyOf={({ user, candidate }) => `${user} ${candidate.accountId}`}
            estimate={76}
            height={380}
            render={(match) => (
              <MatchRow
                match={match}
                chosen={chosen.has(match.user)}
                onChange={(ticked) => tick([match.user], ticked)}
              />
            )}
          />
        )}
      </div>
    </section>
  );
}

interface MatchRowProps {
  readonly match: Match;
  readonly chosen: boolean;
  readonly onChange: (chosen: boolean) => void;
}

function MatchRow({ match, chosen, onChange }: MatchRowProps) {
  const { name, email, candidate } = match;
  return (
    <div className="match">
      <Tick label={`${name} is ${candidate.name}`} checked={chosen} onChange={onChange} />
      <span className="match-side">
        <span className="match-where">Keycloak</span>
        <span className="row-name">{name}</span>
        {email !== undefined && <span className="row-below">{email}</span>}
      </span>
      <span className="match-sign" aria-hidden="true">
        →
      </span>
      <span className="match-side">
        <span className="match-where">Atlassian</span>
        <span className="row-name">{candidate.name}</span>
        {candidate.email !== undefined && <span className="row-below">{candidate.email}</span>}
      </span>
      <span className="match-doubt small">
        {!candidate.agrees && <Badge tone="warning">Differs</Badge>} {describeDoubt(match)}
      </span>
    </div>
  );
}
