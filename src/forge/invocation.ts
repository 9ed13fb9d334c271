import { getAppContext } from '@forge/api';

/** Milliseconds that the platform gives this invocation from now on. */
export function readTimeLeft(): number {
  return getAppContext().invocationRemainingTimeInMillis();
}
