import type { Probe, ProbeState } from '../../../../src/api';
import { useEffect, useRef } from 'react';
import type { Tone } from './tone';
import { Badge, ToneIcon } from './message';

const states: Readonly<Record<ProbeState, { readonly tone: Tone; readonly word: string }>> = {
  passed: { tone: 'success', word: 'Passed' },
  warning: { tone: 'warning', word: 'Warning' },
  failed: { tone: 'danger', word: 'Failed' },
  skipped: { tone: 'neutral', word: 'Skipped' },
};

/** The steps of a connection test, each with its result and what to do. */
export function ProbeList({ title, probes }: { title: string; probes: readonly Probe[] }) {
  const list = useRef<HTMLElement>(null);
  // The result may stand below what is in view.
  useEffect(() => {
    // Braces: in some browsers this gives back a promise, which React would take for a clean-up.
    list.current?.scrollIntoView({ block: 'nearest' });
  }, [probes]);
  const failed = probes.filter(({ state }) => state === 'failed').length;
  const warned = probes.filter(({ state }) => state === 'warning').length;
  return (
    <section ref={list} className="card probes" aria-label={title}>
      <header className="card-header">
        <h2>{title}</h2>
        <span role="status">
          {failed > 0 ? (
            <Badge tone="danger">{failed === 1 ? '1 step failed' : `${failed} steps failed`}</Badge>
          ) : warned > 0 ? (
            <Badge tone="warning">Works, with {warned === 1 ? 'a warning' : `${warned} warnings`}</Badge>
          ) : (
            <Badge tone="success">Everything works</Badge>
          )}
        </span>
      </header>
      <ul>
        {probes.map(({ id, title: step, state, message }) => (
          <li key={id} className={`probe probe-${state}`}>
            {state === 'skipped' ? (
              <span className="probe-skipped-sign" aria-hidden="true" />
            ) : (
              <ToneIcon tone={states[state].tone} />
            )}
            <div>
              <p className="probe-title">
                {step} <span className="probe-state">{states[state].word}</span>
              </p>
              {message !== '' && <p className="probe-message">{message}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
