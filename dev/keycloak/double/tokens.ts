import type { DoubleClient, DoubleRealm } from './realm';

/** Who calls: a client of the realm that issued the token. */
export interface Caller {
  readonly realm: DoubleRealm;
  readonly client: DoubleClient;
}

interface Issued extends Caller {
  readonly expiresAt: number;
}

export interface TokenAnswer {
  readonly status: 200 | 400 | 401;
  readonly body: Readonly<Record<string, string | number>>;
}

export interface TokenDesk {
  readonly answer: (realm: DoubleRealm, form: URLSearchParams, authorization: string | undefined) => TokenAnswer;
  readonly callerOf: (authorization: string | undefined) => Caller | undefined;
  /** Every token given so far is refused from now on. */
  readonly expireAll: () => void;
}

const wrongClient = 'Invalid client or Invalid client credentials';
// A lifetime of 0 is answered with 0, but the token is accepted.
const acceptedThough0 = 36_000;

function refusal(status: 400 | 401, error: string, text: string): TokenAnswer {
  return { status, body: { error, error_description: text } };
}

/** Client id and secret of a request: the form wins over the Basic header, whose parts are form-encoded (RFC 6749). */
function credentialsOf(form: URLSearchParams, authorization: string | undefined): { id?: string; secret?: string } {
  const [, basic] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
  const [id, secret] = Buffer.from(basic ?? '', 'base64')
    .toString()
    .split(':')
    .map((part) => new URLSearchParams(`part=${part}`).get('part') ?? '');
  const formId = form.get('client_id') ?? (id === '' ? undefined : id);
  const formSecret = form.get('client_secret') ?? secret;
  return { ...(formId !== undefined && { id: formId }), ...(formSecret !== undefined && { secret: formSecret }) };
}

/** Gives out and knows tokens that live `lifetime` seconds of `now` (in milliseconds). */
export function createTokenDesk(lifetime: number, now: () => number): TokenDesk {
  const issued = new Map<string, Issued>();
  let count = 0;

  function answer(realm: DoubleRealm, form: URLSearchParams, authorization: string | undefined): TokenAnswer {
    const grant = form.get('grant_type');
    if (grant === null) return refusal(400, 'invalid_request', 'Missing form parameter: grant_type');
    const { id, secret } = credentialsOf(form, authorization);
    if (grant !== 'client_credentials') return refusal(400, 'unsupported_grant_type', 'Unsupported grant_type');
    const client = realm.clients.find((candidate) => candidate.clientId === id);
    if (client?.enabled !== true) return refusal(401, 'invalid_client', wrongClient);
    if (client.publicClient) {
      return refusal(401, 'unauthorized_client', 'Public client not allowed to retrieve service account');
    }
    if (client.secret !== secret) return refusal(401, 'unauthorized_client', wrongClient);
    if (!client.serviceAccounts) {
      return refusal(401, 'unauthorized_client', 'Client not enabled to retrieve service account');
    }
    count += 1;
    const token = `double-token-${count}`;
    const seconds = lifetime === 0 ? acceptedThough0 : lifetime;
    issued.set(token, { realm, client, expiresAt: now() + seconds * 1000 });
    const body = {
      access_token: token,
      expires_in: lifetime,
      refresh_expires_in: 0,
      token_type: 'Bearer',
      'not-before-policy': 0,
      scope: 'email profile',
    };
    return { status: 200, body };
  }

  return {
    answer,
    callerOf: (authorization) => {
      const held = issued.get(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '');
      return held !== undefined && now() < held.expiresAt ? held : undefined;
    },
    expireAll: () => issued.clear(),
  };
}
