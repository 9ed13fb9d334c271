import type { EditorTab } from '../routes';

const areas: Readonly<Record<string, EditorTab>> = {
  name: 'keycloak',
  keycloak: 'keycloak',
  clientSecret: 'keycloak',
  scope: 'required-groups',
  users: 'user-provisioning',
  groups: 'group-provisioning',
  cleanup: 'sync-settings',
  confirmation: 'sync-settings',
  schedule: 'sync-settings',
  limits: 'sync-settings',
  approval: 'sync-settings',
};

/** The tab that holds a setting, by its path, for example `keycloak.url`. */
export function tabOfField(field: string): EditorTab | undefined {
  const [area = ''] = field.split('.');
  return areas[area];
}

/** Why values were refused, by path of the setting. */
export type FieldErrors = Readonly<Record<string, string>>;

/** Why a setting was refused, or an item of it, for example `users.emailDomains.2`. */
export function errorAt(errors: FieldErrors, field: string): string | undefined {
  const found = Object.entries(errors).find(([name]) => name === field || name.startsWith(`${field}.`));
  return found?.[1];
}

/** The errors without those of a setting that was just changed, or of a part of it. */
export function dropErrors(errors: FieldErrors, field: string): FieldErrors {
  const kept = Object.entries(errors).filter(([name]) => name !== field && !name.startsWith(`${field}.`));
  return kept.length === Object.keys(errors).length ? errors : Object.fromEntries(kept);
}
