import type { AdoptableGroup } from '../../../../src/domain/survey';
import { countOf } from '../moments';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';

interface TakeOverDialogProps {
  readonly group: AdoptableGroup;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Says whom taking a group over would remove from it, before it is chosen. */
export function TakeOverDialog({ group, busy, onConfirm, onClose }: TakeOverDialogProps) {
  return (
    <Dialog
      title={`Take over ${group.name}?`}
      tone="danger"
      onClose={onClose}
      actions={
        <>
          <Action onClick={onClose}>Cancel</Action>
          <Action appearance="danger" busy={busy} onClick={onConfirm}>
            Take over
          </Action>
        </>
      }
    >
      <p>
        The group will have exactly the members that Keycloak names. With the next full sync{' '}
        <strong>{countOf(group.onlyInAtlassian, 'member who is', 'members who are')} only in Atlassian</strong> would be
        removed from it, also those whom people added by hand.
      </p>
      {group.grantsAccess.length > 0 && (
        <p>The group grants access to {group.grantsAccess.join(', ')}: whoever is removed may lose that access.</p>
      )}
      <p>Adopt (add only) never removes anybody it did not add.</p>
    </Dialog>
  );
}
