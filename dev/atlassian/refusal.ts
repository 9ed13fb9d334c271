import type { Doubts } from './doubts';

/** The forms of error bodies: one for each part of the API documents. */
export type ErrorFamily = 'v1' | 'v2-read' | 'v2-write' | 'invite' | 'workspaces' | 'user-management' | 'product';

/** What Atlassian would answer instead of doing as asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly extra: { readonly headers?: Record<string, string>; readonly context?: unknown } = {},
  ) {
    super(title);
  }
}

const declaredWithoutBody: readonly ErrorFamily[] = ['v2-write'];

function gatewayBody(refusal: Refusal, path: string): unknown {
  return {
    timestamp: '2026-11-01T00:00:00.000+00:00',
    path,
    status: refusal.status,
    error: refusal.title,
    message: refusal.title,
    requestId: 'b2a1c0d9-1',
  };
}

function declaredBody(refusal: Refusal, family: ErrorFamily): unknown {
  const { status, code, title, extra } = refusal;
  const error = { id: `error-${code}`, status: String(status), code, title, detail: title };
  switch (family) {
    case 'v1':
      return status === 401 || status === 429 ? { code: status, message: title } : { errors: [error] };
    case 'workspaces':
      return status === 401 || status === 429 ? { code: status, message: title } : error;
    case 'user-management':
      return extra.context === undefined ? { key: code } : { key: code, context: extra.context };
    case 'product':
      return { errorMessages: [title], errors: {} };
    case 'v2-read':
    case 'v2-write':
    case 'invite':
      return { errors: [error] };
  }
}

/** The answer that carries a refusal, in the form of its part of the API and as the doubts on error bodies say. */
export function describeRefusal(refusal: Refusal, family: ErrorFamily, path: string, doubts: Doubts): Response {
  const headers = { ...refusal.extra.headers };
  const open = declaredWithoutBody.includes(family);
  if (doubts.errorBodies === 'none' && open) return new Response(null, { status: refusal.status, headers });
  const atGateway = family !== 'user-management' && family !== 'product' && [403, 429].includes(refusal.status);
  const body =
    doubts.errorBodies === 'gateway' && (atGateway || open)
      ? gatewayBody(refusal, path)
      : declaredBody(refusal, family);
  return Response.json(body, { status: refusal.status, headers });
}
