import Spinner from '@atlaskit/spinner';
import type { Progress } from '../../../../src/domain/run';
import { formatCount } from '../moments';
import { stepWords } from './step-words';

/** Both sides are being read; the steps to come stand there already. */
export function ExplainProgress({ progress }: { progress: Progress | undefined }) {
  return (
    <div className="card explain-reading">
      <div className="explain-reading-line" role="status">
        <Spinner size="small" />
        <span>
          Reading Keycloak and Atlassian …{' '}
          {progress !== undefined && progress.done > 0 && (
            <span className="number subtle">
              {formatCount(progress.done)}
              {progress.total !== undefined && ` of ${formatCount(progress.total)}`} {progress.what}
            </span>
          )}
        </span>
      </div>
      <ol className="explain-ahead" aria-hidden="true">
        {Object.values(stepWords).map(({ title, Icon }) => (
          <li key={title}>
            <span className="step-sign">
              <Icon label="" />
            </span>
            {title}
          </li>
        ))}
      </ol>
    </div>
  );
}
