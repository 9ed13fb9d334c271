import { defaultSettings } from '../../../src/domain/connector';
import { readSettingsFile, writeSettingsFile } from '../../../src/domain/settings-file';
import { describeSave, describeSaver } from '../../../static/admin/src/settings/history-words';
import { nameSettingsFile } from '../../../static/admin/src/settings/settings-download';
import { parseSettingsFile } from '../../../static/admin/src/settings/settings-upload';

const settings = {
  ...defaultSettings,
  name: 'Acme Europe!',
  keycloak: { url: 'https://keycloak.acme.example', realm: 'acme', clientId: 'sync' },
};

describe('a file of settings', () => {
  it('is read back as the app wrote it', () => {
    const file = writeSettingsFile(settings);
    expect(nameSettingsFile(file)).toBe('settings-acme-europe.json');
    const text = JSON.stringify(file, undefined, 2);
    expect(readSettingsFile(parseSettingsFile(text)).settings.keycloak).toEqual(settings.keycloak);
  });

  it.each([
    ['is no JSON', '<html>', /no JSON/],
    ['is empty', '', /no JSON/],
    ['is too large', ' '.repeat(400_001), /too large/],
  ])('that %s is refused in words', (_, text, message) => {
    expect(() => parseSettingsFile(text)).toThrow(message);
  });
});

describe('a save in the history', () => {
  it('says who saved', () => {
    expect(describeSaver({}, 'me')).toBe('The app');
    expect(describeSaver({ by: 'me' }, 'me')).toBe('You');
    expect(describeSaver({ by: 'other' }, 'me')).toBe('An administrator');
  });

  it('says how it came about, then what changed', () => {
    expect(describeSave({ note: 'Imported.', changes: ['Name changed.'] })).toEqual(['Imported.', 'Name changed.']);
    expect(describeSave({ changes: [] })).toEqual(['Nothing changed.']);
  });
});
