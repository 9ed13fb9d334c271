import { HTTPException } from 'hono/http-exception';
import type { Generation } from './generation';

// Java's 32-bit Integer is what Keycloak parses; anything else matches no route.
const integer = /^[+-]?\d{1,10}$/;

/** A whole number from the query; Keycloak answers 404 to anything else. Empty counts as not sent. */
export function integerOf(query: URLSearchParams, name: string, generation?: Generation): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!integer.test(text)) {
    const classic = `RESTEASY003870: Unable to extract parameter from http request: jakarta.ws.rs.QueryParam("${name}") value is '${text}'`;
    throw new HTTPException(404, { message: generation?.classicRouting === true ? classic : 'HTTP 404 Not Found' });
  }
  return Number(text);
}

export function flagOf(query: URLSearchParams, name: string, otherwise: boolean): boolean {
  const text = query.get(name);
  return text === null ? otherwise : text === 'true';
}

/** A page; a negative bound counts as none. */
export function pageOf<Row>(rows: readonly Row[], query: URLSearchParams, defaultMax?: number): Row[] {
  const first = Math.max(0, integerOf(query, 'first') ?? 0);
  const max = integerOf(query, 'max') ?? defaultMax;
  return max === undefined || max < 0 ? rows.slice(first) : rows.slice(first, first + max);
}

/** Keycloak sorts by the bytes of the text: capitals first, accents last. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
