import type { ConnectorSummary } from '../../../../src/api';
import type { LinksFile } from '../../../../src/domain/links-file';
import { Message } from '../parts/message';
import { describeDoubts, describeLinksFile } from './links-words';
import './links.css';

interface FileFactsProps {
  readonly file: LinksFile;
  readonly connector: Pick<ConnectorSummary, 'name' | 'realm' | 'host'>;
}

/** What a file of links holds, and what importing it means. */
export function FileFacts({ file, connector }: FileFactsProps) {
  const doubts = describeDoubts(file, connector);
  return (
    <>
      <dl className="file-facts">
        {describeLinksFile(file).map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {doubts.length > 0 && (
        <Message tone="warning" title="Look twice">
          {doubts.map((doubt) => (
            <p key={doubt}>{doubt}</p>
          ))}
        </Message>
      )}
      <Message tone="information" title="Nothing is linked now">
        The next run looks at both sides first, and links only what is still there and fits. A simulation starts at once
        and shows what that is.
      </Message>
    </>
  );
}
