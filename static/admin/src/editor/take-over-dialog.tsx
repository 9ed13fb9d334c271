import type { AdoptableGroup } from '../../../../src/domain/survey';
import { countOf } from '../moments';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { TypedConfirmation } from '../parts/typed-confirmation';
import { nameProducts } from '../product-names';

interface TakeOverDialogProps {
  readonly group: AdoptableGroup;
  readonly mode: 'take-over' | 'exact';
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Says whom taking a group over would remove from it, before it is chosen. */
export function TakeOverDialog({ group, mode, busy, onConfirm, onClose }: TakeOverDialogProps) {
  if (mode === 'exact') {
    return (
      <TypedConfirmation
        title={`Make ${group.name} exact?`}
        word={group.name}
        confirm="Make exact"
        busy={busy}
        onConfirm={onConfirm}
        onClose={onClose}
      >
        <p>
          The group will have exactly the members that Keycloak names. Of its members{' '}
          <strong>{countOf(group.onlyInAtlassian, 'is', 'are')} only in Atlassian</strong>:{' '}
          <strong>{countOf(group.unknownToKeycloak, 'account')}</strong> that nobody in Keycloak has, added by hand,
          would be removed as well. Administrators, accounts of other connectors and accounts whose address Atlassian
          hides stay.
        </p>
        <Access group={group} />
        <p>The first full sync with such removals waits for approval.</p>
      </TypedConfirmation>
    );
  }
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
        From the next full sync on, linked people who leave the group in Keycloak are removed from it: of its members{' '}
        <strong>{countOf(group.onlyInAtlassian, 'is', 'are')} only in Atlassian</strong>. Members whom nobody in
        Keycloak is linked to stay.
      </p>
      <Access group={group} />
      <p>Adopt (add only) never removes anybody.</p>
    </Dialog>
  );
}

function Access({ group }: Pick<TakeOverDialogProps, 'group'>) {
  if (group.grantsAccess.length === 0) return null;
  return <p>The group grants access to {nameProducts(group.grantsAccess)}: whoever is removed may lose that access.</p>;
}
