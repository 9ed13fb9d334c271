import * as v from 'valibot';
import { describeUnseen } from '../text-rules/invisible';

/** Refuses what cannot be seen: nobody would find it again, and it makes one name look like another. */
export function seen(what: string) {
  return v.rawCheck<string>(({ dataset, addIssue }) => {
    const unseen = dataset.typed ? describeUnseen(dataset.value) : undefined;
    if (unseen !== undefined) addIssue({ message: `${what} holds ${unseen}: type it again.` });
  });
}

/** Text that must be there, trimmed, in one line. */
export function line(what: string, most = 255) {
  return v.pipe(
    v.string(`${what} is missing.`),
    v.trim(),
    v.nonEmpty(`${what} is missing.`),
    v.maxLength(most, `${what} is longer than ${most} characters.`),
    seen(what),
  );
}

/** Text that may be left empty, which is the same as leaving it out. */
export function maybe(what: string, most = 255) {
  const text = v.pipe(
    v.string(`${what} must be text.`),
    v.trim(),
    v.maxLength(most, `${what} is longer than ${most} characters.`),
    seen(what),
  );
  return v.pipe(
    v.optional(text),
    v.transform((given) => (given === '' ? undefined : given)),
  );
}

/** Text that is kept exactly, blanks at its ends included; it may be empty. */
export function exactly(what: string, most = 255) {
  return v.pipe(
    v.string(`${what} must be text.`),
    v.maxLength(most, `${what} is longer than ${most} characters.`),
    seen(what),
  );
}

/** A list in which every item counts once. */
export function list<Item extends v.GenericSchema>(item: Item, what: string, most: number) {
  return v.pipe(
    series(item, what, most),
    v.transform((items) => [...new Set(items)]),
  );
}

/** A list whose order counts. */
export function series<Item extends v.GenericSchema>(item: Item, what: string, most: number) {
  return v.pipe(v.array(item, `${what} must be a list.`), v.maxLength(most, `${what}: at most ${most} can be listed.`));
}

export const flag = v.boolean('This must be on or off.');
