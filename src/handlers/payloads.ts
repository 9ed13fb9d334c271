import * as v from 'valibot';
import type { ConnectorSettings } from '../domain/connector';
import { SettingsError } from '../domain/errors';
import { parseSettings } from '../domain/settings/parse';

/** Pieces of payloads. Ids are short text of the storage's alphabet; free text has a length. */
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9:._-]{1,128}$/));
export const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** Secrets are pasted, often with a blank or a line end; which characters they may hold inside, their header or form decides. */
const secretText = (field: string, form: RegExp, message: string) =>
  v.pipe(
    v.string(),
    v.transform((pasted): string => {
      const text = pasted.trim();
      if (!form.test(text)) throw new SettingsError(field, message);
      return text;
    }),
  );
export const apiKey = secretText(
  'key',
  /^[\x21-\x7e]{1,4096}$/,
  'This is no API key: copy it again, whole and without anything around it.',
);
export const clientSecret = secretText(
  'clientSecret',
  /^\P{Cc}{1,4096}$/u,
  'This is no client secret: copy it again from the Credentials tab of the client.',
);

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
