import * as v from 'valibot';
import { DirectoryError } from '../../domain/errors';
import type { Secret } from '../../domain/secret';
import type { HttpAnswer, HttpClient } from '../../http/http';
import { HttpError } from '../../http/http';
import type { Pace } from './pace';

const bases = { organization: 'https://api.atlassian.com/admin', accounts: 'https://api.atlassian.com/users' } as const;

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The Organizations API unless told; `accounts`: the User management API, which takes the same key. */
  readonly of?: keyof typeof bases;
  /** Below `https://api.atlassian.com/admin`, of accounts below `https://api.atlassian.com/users`, with every id encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
  /** Whether sending it twice does no more than once. */
  readonly repeatable: boolean;
}

/** The organization's API with its key. Both methods throw `DirectoryError` for whatever concerns more than one change. */
export interface Connection {
  /** Any answer below 500 but 401 and 429. */
  send(request: ApiRequest): Promise<HttpAnswer>;
  /** The body of a 200, by its schema; any other answer to a read ends the run. */
  read<Output>(request: ApiRequest, schema: v.GenericSchema<unknown, Output>): Promise<Output>;
}

export interface ConnectionParts {
  readonly http: HttpClient;
  readonly key: Secret;
  readonly pace?: Pace;
}

export function openConnection({ http, key, pace }: ConnectionParts): Connection {
  const slowDown = (status: number | undefined): void => {
    if (status === 429) pace?.slowDown();
  };
  async function exchange(request: ApiRequest): Promise<HttpAnswer> {
    const hasBody = request.body !== undefined;
    try {
      return await http.send({
        method: request.method,
        url: `${bases[request.of ?? 'organization']}${request.path}${describeQuery(request.query)}`,
        headers: {
          authorization: `Bearer ${key.reveal()}`,
          accept: 'application/json',
          ...(hasBody ? { 'content-type': 'application/json' } : {}),
        },
        ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
        repeatable: request.repeatable,
        onRetry: slowDown,
      });
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      slowDown(error.status);
      throw translateFault(error);
    }
  }
  async function send(request: ApiRequest): Promise<HttpAnswer> {
    const answer = await (pace === undefined ? exchange(request) : pace.run(() => exchange(request)));
    if (answer.status === 401) throw keyRefused();
    return answer;
  }
  return {
    send,
    async read(request, schema) {
      const answer = await send(request);
      if (answer.status !== 200) throw translateRefusedRead(answer.status);
      return parseAnswer(answer.text, schema);
    },
  };
}

/** What a body says, by its schema. */
export function parseAnswer<Output>(text: string, schema: v.GenericSchema<unknown, Output>): Output {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new DirectoryError(
      'unreadable-answer',
      'Atlassian sent an answer that is cut off or no JSON; nothing was planned from it, and the run tries again later.',
      'retry',
    );
  }
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const place = v.getDotPath(result.issues[0]) ?? 'the body';
  throw new DirectoryError(
    'unreadable-answer',
    `Atlassian's answer has another form than documented (at ${place}); update the app, or report this to its makers.`,
    'stop',
  );
}

function describeQuery(query: ApiRequest['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((each) => `${name}=${encodeURIComponent(each)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function keyRefused(): DirectoryError {
  return new DirectoryError(
    'key-refused',
    'Atlassian does not accept the organization API key: it has expired, was revoked, or was copied incompletely. Create a new key without scopes and save it.',
    'stop',
  );
}

function translateRefusedRead(status: number): DirectoryError {
  if (status === 403) {
    return new DirectoryError(
      'key-without-right',
      'The organization API key may not read users and groups. Create a key without scopes as an organization admin and save it.',
      'stop',
    );
  }
  if (status === 404) {
    return new DirectoryError(
      'organization-not-found',
      'Atlassian does not know the organization or directory with this key. Choose them again in the directory settings.',
      'stop',
    );
  }
  return new DirectoryError(
    'unreadable-answer',
    `Atlassian refused a read with status ${status}; update the app, or report this to its makers.`,
    'stop',
  );
}

function translateFault(error: HttpError): DirectoryError {
  if (error.fault === 'not-approved' || error.fault === 'address') {
    return new DirectoryError(
      'address-not-approved',
      'The app may not call api.atlassian.com. Approve its access in the app settings of the site and try again.',
      'stop',
      { cause: error },
    );
  }
  const wait = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
  if (error.status === 429) {
    return new DirectoryError('quota', 'Atlassian asks to slow down; the run goes on later by itself.', 'retry', {
      cause: error,
      ...wait,
    });
  }
  if (error.fault === 'status') {
    return new DirectoryError(
      'server-error',
      `Atlassian answered with an error of its own (${error.status ?? 'no status'}); the run tries again later.`,
      'retry',
      { cause: error, ...wait },
    );
  }
  return new DirectoryError('unreachable', 'No answer from api.atlassian.com; the run tries again later.', 'retry', {
    cause: error,
  });
}
