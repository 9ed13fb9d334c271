import { formatWithOptions } from 'node:util';
import { invocations, type Invocation, type LogLine } from './invocation';

export interface LogLimits {
  readonly linesPerMinute: number;
  readonly bytes: number;
}

/** 100 lines per minute of run time and 200 KB per invocation. */
export const forgeLogLimits: LogLimits = { linesPerMinute: 100, bytes: 200 * 1024 };

export interface LogBook {
  readonly lines: LogLine[];
  write(invocation: Invocation, level: string, values: readonly unknown[]): void;
}

/** Keeps what the app logs. Lines over the limits are lost, as on the platform; without limits all stay. */
export function createLogBook(limits: LogLimits | undefined, echo: ((line: LogLine) => void) | undefined): LogBook {
  const lines: LogLine[] = [];
  return {
    lines,
    write(invocation, level, values) {
      const text = formatWithOptions({ colors: false, depth: 8 }, ...values);
      const line = { level, text, invocationId: invocation.id };
      const minutes = Math.ceil((invocation.clock.now() - invocation.startedAt) / 60_000) || 1;
      invocation.logBytes += Buffer.byteLength(text);
      if (limits && invocation.logs.length >= limits.linesPerMinute * minutes) return;
      if (limits && invocation.logBytes > limits.bytes) return;
      invocation.logs.push(line);
      lines.push(line);
      // Whoever prints the line is not the app.
      invocations.exit(() => echo?.(line));
    },
  };
}
