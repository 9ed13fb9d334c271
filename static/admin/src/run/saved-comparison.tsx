import type { Run } from '../../../../src/domain/run';
import { formatCount } from '../moments';
import { Badge, Message } from '../parts/message';
import { compareCounts, type CountDifference } from './compare-counts';

/** What a simulation of unsaved settings changes against the saved ones, for the whole realm. */
export function SavedComparison({ run }: { run: Run }) {
  const { saved, counts } = run;
  if (saved === undefined || counts === undefined) return null;
  if (saved.kind === 'not-counted') {
    return (
      <Message tone="information" title="Not compared with the saved settings">
        {saved.message}
      </Message>
    );
  }
  const differences = compareCounts(saved.counts, counts);
  return (
    <section className="card run-comparison" aria-labelledby="comparison-title">
      <div className="card-header">
        <h2 id="comparison-title">Against the saved settings</h2>
      </div>
      {differences.length === 0 ? (
        <p className="comparison-same">
          These settings give the same counts as the saved ones. Single people may still differ.
        </p>
      ) : (
        <div className="comparison-frame" tabIndex={0} role="region" aria-label="Counts that differ">
          <table className="table compact">
            <thead>
              <tr>
                <th scope="col">What differs</th>
                <th scope="col" className="number">
                  Saved settings
                </th>
                <th scope="col" className="number">
                  These settings
                </th>
                <th scope="col">Difference</th>
              </tr>
            </thead>
            <tbody>
              {differences.map((each) => (
                <Difference key={each.what} difference={each} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Difference({ difference: { what, tone, before, after } }: { difference: CountDifference }) {
  const most = Math.max(before, after);
  const width = (count: number) => ({ width: `${(count / most) * 100}%` });
  return (
    <tr>
      <th scope="row">{what}</th>
      <td className="number subtle">{formatCount(before)}</td>
      <td className="number strong">{formatCount(after)}</td>
      <td>
        <span className="comparison-bars" aria-hidden="true">
          <span className="comparison-bar" style={width(before)} />
          <span className={`comparison-bar comparison-${tone}`} style={width(after)} />
        </span>
        <Badge tone={tone}>{`${after > before ? '+' : '−'}${formatCount(Math.abs(after - before))}`}</Badge>
      </td>
    </tr>
  );
}
