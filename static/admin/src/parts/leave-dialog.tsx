import { Action } from './action';
import { Dialog } from './dialog';

/** Asks before changes that are not saved are lost. */
export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  return (
    <Dialog
      title="Leave without saving?"
      onClose={onStay}
      actions={
        <>
          <Action onClick={onStay}>Stay</Action>
          <Action appearance="warning" onClick={onLeave}>
            Leave without saving
          </Action>
        </>
      }
    >
      <p>Your changes to this connector are not saved yet. They are lost when you leave.</p>
    </Dialog>
  );
}
