import { showFlag } from '@forge/bridge';
import { messageOf } from './app-calls';

let flags = 0;

/** Says in the product's own way that something went well. */
export function showDone(title: string, description?: string): void {
  flags += 1;
  showFlag({ id: `done-${flags}`, title, description, type: 'success', isAutoDismiss: true });
}

/** Says that something failed; stays until it is closed. */
export function showFailed(title: string, error: unknown): void {
  flags += 1;
  showFlag({ id: `failed-${flags}`, title, description: messageOf(error), type: 'error', isAutoDismiss: false });
}
