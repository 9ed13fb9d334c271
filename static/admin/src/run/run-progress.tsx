import CheckIcon from '@atlaskit/icon/core/check-mark';
import { useEffect, useState } from 'react';
import type { Run } from '../../../../src/domain/run';
import { formatCount, formatDuration } from '../moments';
import type { Sample } from './progress-rate';
import { addSample, computeRate, computeTimeLeft } from './progress-rate';
import { computePhases } from './run-phases';

const stateWords = { done: 'done', current: 'now', waiting: 'to come' } as const;

/** Where a run is: its phases, what is being counted, how fast. */
export function RunProgress({ run }: { run: Run }) {
  const phases = computePhases(run);
  const current = phases.find(({ state }) => state === 'current');
  return (
    <section className="card run-progress" aria-label="Progress">
      <ol className="phases">
        {phases.map(({ title, state }, index) => (
          <li
            key={title}
            className={`phase phase-${state}`}
            {...(state === 'current' ? { 'aria-current': 'step' as const } : {})}
          >
            <span className="phase-sign" aria-hidden="true">
              {state === 'done' ? <CheckIcon label="" /> : index + 1}
            </span>
            <span className="phase-title">{title}</span>
            <span className="visually-hidden">, {stateWords[state]}</span>
          </li>
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {current === undefined ? '' : `Phase: ${current.title}`}
      </p>
      {run.state !== 'held' && <Counting run={run} />}
    </section>
  );
}

function Counting({ run }: { run: Run }) {
  const { progress } = run;
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    setSamples((old) => addSample(old, progress, Date.now()));
  }, [progress]);
  if (progress === undefined) return <p className="counting subtle">Starting …</p>;
  const rate = computeRate(samples);
  const left = computeTimeLeft(progress, rate);
  const share = progress.total === undefined || progress.total === 0 ? undefined : progress.done / progress.total;
  return (
    <div className="counting">
      <div className="counting-line">
        <span className="number">
          <strong>{formatCount(progress.done)}</strong>
          {progress.total !== undefined && ` of ${formatCount(progress.total)}`} {progress.what}
        </span>
        <span className="subtle number">
          {rate !== undefined && rate > 0 && `${formatCount(Math.max(1, Math.round(rate)))} a second`}
          {left !== undefined && `, about ${formatDuration(left)} left`}
        </span>
      </div>
      <div
        className={share === undefined ? 'bar bar-open' : 'bar'}
        role="progressbar"
        aria-label={progress.what}
        aria-valuemin={0}
        aria-valuemax={progress.total ?? 100}
        {...(share === undefined ? {} : { 'aria-valuenow': progress.done })}
      >
        <span style={share === undefined ? {} : { width: `${Math.min(100, share * 100)}%` }} />
      </div>
    </div>
  );
}
