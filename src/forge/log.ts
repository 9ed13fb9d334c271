import type { Log } from '../sync/ports';

/* eslint-disable no-console -- the platform's log is the console, and this is the only file that writes to it. */
/** One line of JSON a message; callers give words and numbers, never personal data. */
export const log: Log = {
  info: (message, data = {}) => console.info(JSON.stringify({ message, ...data })),
  error: (message, data = {}) => console.error(JSON.stringify({ message, ...data })),
};
