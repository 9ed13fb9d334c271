import * as v from 'valibot';
import type { ConnectorSettings } from '../domain/connector';
import { parseSettings } from '../domain/settings';

/** Pieces of payloads. Ids are short text of the storage's alphabet; free text has a length. */
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9:._-]{1,128}$/));
export const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
export const secretText = v.pipe(v.string(), v.nonEmpty(), v.maxLength(8192));

/** Settings are checked by their own schema, whose errors name the field. */
export const settings = v.pipe(
  v.unknown(),
  v.transform((input): ConnectorSettings => parseSettings(input)),
);
/** The resolver hands on `{}` where the page sent nothing. */
export const nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);
