import { SettingsError } from '../../../src/domain/errors';
import { parseSettings } from '../../../src/domain/settings/parse';
import { badValues, fullSettings, withValue } from './bad-values';

function refusalOf(input: unknown): unknown {
  try {
    parseSettings(input);
  } catch (error) {
    return error instanceof SettingsError ? { field: error.field, sentence: error.message } : error;
  }
  return 'accepted';
}

/** Paths of everything that is no object or list, places in lists as a star. */
function listPlaces(value: unknown, path: readonly string[] = []): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path.join('.')];
  return Object.entries(value).flatMap(([key, part]) => listPlaces(part, [...path, /^\d+$/.test(key) ? '*' : key]));
}

describe('a bad value', () => {
  it.each(badValues)('at $at is refused there with its sentence: $what', ({ at, value, field = at, sentence }) => {
    expect(refusalOf(withValue(at, value))).toEqual({ field, sentence });
  });

  it('is known for every place of the settings', () => {
    expect(refusalOf(fullSettings)).toBe('accepted');
    const known = new Set(badValues.map(({ at }) => at.replace(/\d+/g, '*')));
    expect([...new Set(listPlaces(fullSettings))].filter((place) => !known.has(place))).toEqual([]);
  });

  it('is never told in more than a line', () => {
    for (const { sentence } of badValues) expect(sentence).toMatch(/^[A-Z"][^\n]{9,199}\.$/);
  });
});
