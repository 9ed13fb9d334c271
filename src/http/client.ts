import { checkAddress } from './address';
import { describeRejection, isBlockedAnswer } from './fault';
import type { CallCounter, FetchAnswer, FetchLike, HttpAnswer, HttpClient, HttpRequest } from './http';
import { HttpError } from './http';
import type { Failure } from './retry-policy';
import { computeDelay, parseAskedWait } from './retry-policy';

export interface HttpClientParts {
  readonly fetch: FetchLike;
  readonly counter: CallCounter;
  /** Milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** When the invocation has to be over, epoch milliseconds: no attempt and no wait goes beyond it. */
  readonly deadline?: () => number;
}

const defaultTimeoutMs = 30_000;

type Attempt =
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly cause?: unknown };

/**
 * The one way out of the app. Every attempt is counted before it is sent; what `counter.spend` throws ends the request.
 * Redirects are not followed: 3xx is an answer, so that a token never travels to another host.
 */
export function createHttpClient(parts: HttpClientParts): HttpClient {
  return {
    async send(request) {
      const address = checkAddress(request.url);
      if (address.kind === 'refused') {
        throw new HttpError('address', request.method, '', undefined, undefined, { cause: new Error(address.reason) });
      }
      for (let attempt = 1; ; attempt += 1) {
        const result = await sendOnce(parts, request);
        if (result.kind === 'answered') return result.answer;
        const delay = computeDelay(result.failure, request.repeatable, attempt, parts.random());
        if (delay === undefined || delay >= timeLeft(parts)) {
          throw explain(request.method, address.url.pathname, result.failure, result.cause);
        }
        request.onRetry?.(result.failure.status);
        await parts.sleep(delay);
      }
    },
  };
}

async function sendOnce(parts: HttpClientParts, request: HttpRequest): Promise<Attempt> {
  const timeoutMs = Math.floor(Math.min(request.timeoutMs ?? defaultTimeoutMs, timeLeft(parts)));
  if (timeoutMs <= 0) return { kind: 'failed', failure: { fault: 'timeout' } };
  parts.counter.spend();
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return judge(await orTimeout(signal, exchange(parts.fetch, request, signal)), parts.now());
  } catch (error) {
    return { kind: 'failed', failure: { fault: signal.aborted ? 'timeout' : describeRejection(error) }, cause: error };
  }
}

interface Exchange {
  readonly answer: FetchAnswer;
  readonly text: string;
}

async function exchange(fetch: FetchLike, request: HttpRequest, signal: AbortSignal): Promise<Exchange> {
  const answer = await fetch(request.url, {
    method: request.method,
    headers: { ...request.headers },
    ...(request.body === undefined ? {} : { body: request.body }),
    redirect: 'manual',
    signal,
  });
  return { answer, text: await answer.text() };
}

/** Forge's fetch does not promise to obey a signal, and a body may stall after its headers came. */
async function orTimeout<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  let stop: (() => void) | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Error('no answer in time'));
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}

function judge({ answer, text }: Exchange, now: number): Attempt {
  const { status } = answer;
  const header = (name: string): string | undefined => answer.headers.get(name) ?? undefined;
  if (isBlockedAnswer(answer)) return { kind: 'failed', failure: { fault: 'not-approved' } };
  if (status !== 429 && status < 500) return { kind: 'answered', answer: { status, text, header } };
  const askedMs = parseAskedWait(status, header, now);
  return { kind: 'failed', failure: { fault: 'status', status, ...(askedMs === undefined ? {} : { askedMs }) } };
}

function timeLeft({ deadline, now }: HttpClientParts): number {
  return deadline === undefined ? Number.POSITIVE_INFINITY : deadline() - now();
}

function explain(method: string, path: string, failure: Failure, cause: unknown): HttpError {
  return new HttpError(failure.fault, method, path, failure.status, failure.askedMs, { cause });
}
