import type { SourceErrorCode } from '../domain/errors';
import { SourceError } from '../domain/errors';
import type { HttpAnswer } from '../http/http';
import type { KeycloakAccess } from './access';
import { explained, hostOf } from './failure';
import { parseBody, parseRefusal, tokenSchema } from './wire';

/** Access tokens of the client, kept as long as the invocation lives. Both methods throw `SourceError`. */
export interface Tokens {
  /** A token that is not about to expire. Callers at the same moment share one request. */
  current(): Promise<string>;
  /** A token other than the one that the server refused. */
  replace(refused: string): Promise<string>;
}

interface Token {
  readonly text: string;
  /** Epoch milliseconds after which it is not used any more. */
  readonly useUntil: number;
}

type ClientAuthentication = 'post' | 'basic';

/** Client credentials: there is no refresh token for this grant (since Keycloak 12), so a new one is asked for. */
export function createTokens(access: KeycloakAccess, baseUrl: string): Tokens {
  let token: Token | undefined;
  let pending: Promise<Token> | undefined;
  let method: ClientAuthentication = 'post';

  async function request(): Promise<Token> {
    const asked = access.now();
    let answer = await requestToken(access, baseUrl, method);
    // Since 26.6 a client may be registered for one of the two ways alone.
    if (answer.status === 401 && method === 'post' && !saysNoServiceAccount(parseRefusal(answer.text))) {
      const again = await requestToken(access, baseUrl, 'basic');
      if (again.status === 200) method = 'basic';
      answer = again;
    }
    return parseToken(answer, asked, access, baseUrl);
  }

  async function renew(): Promise<string> {
    pending ??= request();
    try {
      token = await pending;
      return token.text;
    } finally {
      pending = undefined;
    }
  }

  return {
    current: async () => (token !== undefined && access.now() < token.useUntil ? token.text : renew()),
    replace: async (refused) => (token !== undefined && token.text !== refused ? token.text : renew()),
  };
}

function requestToken(access: KeycloakAccess, baseUrl: string, method: ClientAuthentication): Promise<HttpAnswer> {
  const { clientId, realm, loginRealm } = access.settings;
  const url = `${baseUrl}/realms/${encodeURIComponent(loginRealm ?? realm)}/protocol/openid-connect/token`;
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (method === 'post') {
    form.set('client_id', clientId);
    form.set('client_secret', access.secret.reveal());
  } else {
    // RFC 6749 2.3.1: both parts are form-encoded before they are joined.
    headers.authorization = `Basic ${btoa(`${encodeForm(clientId)}:${encodeForm(access.secret.reveal())}`)}`;
  }
  // A second token does no harm, so that the request may be repeated.
  return explained(url, access.http.send({ method: 'POST', url, headers, body: form.toString(), repeatable: true }));
}

function encodeForm(text: string): string {
  return new URLSearchParams({ _: text }).toString().slice('_='.length);
}

function parseToken(answer: HttpAnswer, asked: number, access: KeycloakAccess, baseUrl: string): Token {
  if (answer.status !== 200) throw describeTokenRefusal(answer, access, baseUrl);
  const parsed = parseBody(tokenSchema, answer.text);
  if (parsed === undefined) {
    throw new SourceError(
      'unreadable-answer',
      `${hostOf(baseUrl)} gave no readable token: look at Keycloak's log and at the proxy in front of it.`,
      'stop',
    );
  }
  const { access_token, expires_in } = parsed.value;
  return { text: access_token, useUntil: asked + usableMs(expires_in) };
}

/** Half a minute before it expires, at half time for short ones; 0 means that Keycloak names no end (measured: still accepted). */
function usableMs(expiresIn: number): number {
  if (expiresIn <= 0) return Number.POSITIVE_INFINITY;
  return expiresIn <= 60 ? expiresIn * 500 : (expiresIn - 30) * 1_000;
}

function describeTokenRefusal(answer: HttpAnswer, { settings }: KeycloakAccess, baseUrl: string): SourceError {
  const said = parseRefusal(answer.text);
  const host = hostOf(baseUrl);
  const [code, message]: readonly [SourceErrorCode, string] = (() => {
    if (saysNoServiceAccount(said)) {
      return [
        'service-accounts-off',
        `The client "${settings.clientId}" has no service account: switch on "Client authentication" and "Service accounts roles" in its settings.`,
      ];
    }
    if (said?.includes('disabled') === true) {
      return [
        'service-accounts-off',
        `The service account of the client "${settings.clientId}" is disabled: enable its user in Keycloak.`,
      ];
    }
    if (answer.status === 404 && said?.includes('realm') === true) {
      return [
        'wrong-realm',
        `${host} has no realm "${settings.loginRealm ?? settings.realm}" to log in to: check the login realm, upper and lower case count.`,
      ];
    }
    if (said !== undefined && (answer.status === 401 || answer.status === 400)) {
      return [
        'wrong-client-or-secret',
        `Keycloak does not accept the client "${settings.clientId}": check client id and secret (the tab Credentials shows it), and that the client is enabled in realm "${settings.loginRealm ?? settings.realm}".`,
      ];
    }
    return [
      'wrong-address',
      `${host} answered the request for a token with status ${answer.status}: check the proxy in front of Keycloak.`,
    ];
  })();
  return new SourceError(code, message, 'stop');
}

/** Service accounts off; a public or bearer-only client has none either. */
function saysNoServiceAccount(said: string | undefined): boolean {
  return said !== undefined && /service account|public client|bearer-only/.test(said) && !said.includes('disabled');
}
