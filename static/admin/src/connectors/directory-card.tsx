import type { DirectoryView } from '../../../../src/api';
import { useNavigation } from '../navigation';
import { Action } from '../parts/action';
import { Badge, Message } from '../parts/message';

/** Where accounts and groups are written, and warnings before the key stops working. */
export function DirectoryCard({ directory }: { directory: DirectoryView }) {
  const { go } = useNavigation();
  const open = (text: string) => <Action onClick={() => go({ screen: 'directory' })}>{text}</Action>;
  if (!directory.configured) {
    return (
      <Message tone="warning" title="The Atlassian directory is not set up" actions={open('Set up the directory')}>
        Connectors can read Keycloak, but cannot plan or write anything before an organization API key is stored.
      </Message>
    );
  }
  return (
    <section className="card directory-card" aria-labelledby="directory-title">
      <div>
        <h2 id="directory-title">Atlassian directory</h2>
        <p>
          {directory.orgName ?? directory.orgId}
          {directory.directoryName !== undefined && <span className="subtle"> · {directory.directoryName}</span>}
        </p>
      </div>
      <div className="buttons">
        {directory.keyWarning !== undefined ? (
          <Badge tone="warning">{directory.keyWarning}</Badge>
        ) : directory.keyExpiresOn !== undefined ? (
          <span className="subtle">Key expires on {directory.keyExpiresOn}</span>
        ) : null}
        {open('Settings')}
      </div>
    </section>
  );
}
