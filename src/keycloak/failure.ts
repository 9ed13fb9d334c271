import type { Fate, SourceErrorCode } from '../domain/errors';
import { SourceError } from '../domain/errors';
import type { HttpAnswer } from '../http/http';
import { HttpError } from '../http/http';
import { parseRefusal } from './wire';

type Sentence = readonly [code: SourceErrorCode, fate: Fate, message: string];

const unusable: Sentence = [
  'wrong-address',
  'stop',
  'The Keycloak URL cannot be used: it must begin with https:// and name a host that is reachable from the internet.',
];

/** An address that is none; it is told from one where there is no Keycloak by its cause. */
export function unusableAddress(): SourceError {
  const [code, fate, message] = unusable;
  const cause = new HttpError('address', 'GET', '', undefined, undefined);
  return new SourceError(code, message, fate, { cause });
}

/** Turns a failed request into a `SourceError`; anything else (such as a spent budget) is thrown on as it is. */
export async function explained<Value>(url: string, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const [code, fate, message] = describeFault(error, hostOf(url));
    throw new SourceError(code, message, fate, {
      cause: error,
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    });
  }
}

function describeFault(error: HttpError, host: string): Sentence {
  switch (error.fault) {
    case 'not-approved':
      return [
        'address-not-approved',
        'stop',
        `Atlassian does not let the app call ${host}: approve the address on the connector's page (or approve it again, if an administrator revoked it).`,
      ];
    case 'address':
      return unusable;
    case 'tls':
      return [
        'tls',
        'stop',
        `The certificate of ${host} is not trusted: install one from a public authority, with its whole chain and for this host name.`,
      ];
    case 'network':
      return [
        'unreachable',
        'retry',
        `${host} cannot be reached: check the Keycloak URL, that the server runs, and that its firewall lets Atlassian in.`,
      ];
    case 'timeout':
      return [
        'unreachable',
        'retry',
        `${host} did not answer in time: check the load of Keycloak and, where it has one, of its LDAP directory.`,
      ];
    case 'status':
      return [
        'server-error',
        'retry',
        `${host} answered with status ${String(error.status)} several times: look into Keycloak's log, then run again.`,
      ];
  }
}

/** Why the admin API refused a request that no special case awaits. */
export function describeRefusal(answer: HttpAnswer, url: string, realm: string): SourceError {
  const host = hostOf(url);
  const said = parseRefusal(answer.text);
  const [code, fate, message] = judgeRefusal(answer.status, said, host, realm);
  return new SourceError(code, message, fate);
}

function judgeRefusal(status: number, said: string | undefined, host: string, realm: string): Sentence {
  if (status === 401) {
    return [
      'wrong-address',
      'stop',
      `Keycloak at ${host} refuses the token that it gave out itself: use the address that is set as its hostname, or fill in the admin URL.`,
    ];
  }
  if (status === 403 && said !== undefined) {
    return [
      'role-missing',
      'stop',
      `The client may not read users and groups of realm "${realm}": give its service account the role view-users, and leave "Full scope allowed" on (or add the role to the client's dedicated scope).`,
    ];
  }
  if (status === 404 && said?.includes('realm not found') === true) return sayWrongRealm(realm, host);
  if (status === 404 || status === 403) {
    return [
      'admin-api-not-here',
      'stop',
      `The admin API does not answer at ${host}: fill in the admin URL, or let the proxy in front of Keycloak pass /admin/realms.`,
    ];
  }
  return [
    'server-error',
    'stop',
    `${host} answered with status ${status}, so nothing more is read: look into Keycloak's log (an LDAP directory that fails looks like this), then run again.`,
  ];
}

function sayWrongRealm(realm: string, host: string): Sentence {
  return ['wrong-realm', 'stop', `${host} has no realm "${realm}": check its spelling, upper and lower case count.`];
}

export function wrongRealm(realm: string, host: string): SourceError {
  const [code, fate, message] = sayWrongRealm(realm, host);
  return new SourceError(code, message, fate);
}

/** A page that came with status 200 and still cannot be read: cut off, no JSON, or of another shape. */
export function unreadable(url: string): SourceError {
  return new SourceError(
    'unreadable-answer',
    `${hostOf(url)} answered ${new URL(url).pathname} with something that is no complete JSON, several times: look into Keycloak's log (an LDAP directory that fails looks like this) and at the proxy in front of it, then run again.`,
    'stop',
  );
}

/** Roles that let the client ask and not see: the answers are 200 and empty. */
export function roleTooSmall(realm: string): SourceError {
  return new SourceError(
    'role-too-small',
    `The client may ask for users and groups of realm "${realm}" but sees none of them: give its service account the role view-users (query-users and query-groups are not enough).`,
    'stop',
  );
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
