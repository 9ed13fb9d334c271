/** A request that storage refuses; becomes `{code, message}` with this status. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function badRequest(code: string, message: string): Refusal {
  return new Refusal(400, code, message);
}
