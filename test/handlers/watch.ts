import { gunzipSync } from 'node:zlib';
import type { ResolverCall } from '../../dev/forge/platform';
import type { Flow } from '../sync/flow';

/** Everything that leaves the app's memory, as text, while a flow is watched. */
export interface Watch {
  readonly answers: readonly string[];
  readonly logs: () => readonly string[];
  /** Plain values and entities as they lay in storage at any outbound call and at the end, unpacked. */
  readonly stored: () => readonly string[];
}

/** Watches a flow from now on: answers of the resolver, storage at each call outward, log lines. */
export function watch(flow: Flow): Watch {
  const { platform } = flow.stage;
  const answers: string[] = [];
  const values = new Set<string>();
  const look = () => {
    for (const value of platform.dumpStorage(['value', 'entity'])) values.add(value);
  };
  const invoke = platform.invokeResolver.bind(platform);
  // The stage asks its platform by this member, so that every answer passes here.
  Object.assign(platform, {
    invokeResolver: async (call: ResolverCall) => {
      try {
        const answer = await invoke(call);
        answers.push(JSON.stringify(answer));
        return answer;
      } catch (error) {
        answers.push(String(error));
        throw error;
      }
    },
  });
  platform.controls.onExternal = (operation) => {
    if (operation.kind === 'fetch') look();
    return 'continue';
  };
  return {
    answers,
    logs: () => platform.logs.map(({ text }) => text),
    stored: () => {
      look();
      return [...values].map(unpack);
    },
  };
}

/** A stored value as it reads: snapshots, plans and settings lie compressed. */
function unpack(value: string): string {
  return value.replace(/H4sI[\w+/=]+/g, (packed) => gunzipSync(Buffer.from(packed, 'base64')).toString('utf8'));
}
