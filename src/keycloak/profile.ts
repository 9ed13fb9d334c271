import * as v from 'valibot';
import { isStandard } from '../domain/source-attributes';
import type { SeenAttribute } from '../domain/survey';
import type { AdminApi } from './admin-api';
import { userPageSchema } from './wire';

const profileSchema = v.object({
  attributes: v.array(v.object({ name: v.pipe(v.string(), v.nonEmpty()), multivalued: v.nullish(v.boolean()) })),
});

/** People who are looked at for attributes that they have: a sample, in full representation. */
const sampleSize = 200;
/** More than anybody chooses from; a realm that shows undeclared attributes may have one for every whim. */
const mostShown = 500;

/**
 * Custom attributes that a mapping can name, by name: those that the user profile declares and lets administrators view (`view-users` is
 * enough, measured), and those that the first people of the list have, which on servers up to 26.0 may be undeclared. Two requests, and
 * what one of them refuses is not in the answer: a list to choose from is worth no run.
 */
export async function readAttributes(api: AdminApi): Promise<readonly SeenAttribute[]> {
  const [profile, people] = await Promise.allSettled([
    api.read('/users/profile/metadata', profileSchema),
    api.read(`/users?briefRepresentation=false&first=0&max=${sampleSize}`, userPageSchema),
  ]);
  const found = new Map<string, { declared: boolean; multivalued: boolean; people: number }>();
  const declared = profile.status === 'fulfilled' ? profile.value.attributes : [];
  for (const { name, multivalued } of declared) {
    found.set(name, { declared: true, multivalued: multivalued ?? false, people: 0 });
  }
  for (const { attributes } of people.status === 'fulfilled' ? people.value : []) {
    for (const [name, values] of Object.entries(attributes ?? {})) {
      if (values.length === 0) continue;
      const known = found.get(name) ?? { declared: false, multivalued: false, people: 0 };
      const multivalued = known.multivalued || values.length > 1;
      found.set(name, { ...known, multivalued, people: known.people + 1 });
    }
  }
  return [...found]
    .filter(([name]) => !isStandard(name))
    .map(([name, seen]) => ({ name, ...seen }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .slice(0, mostShown);
}
