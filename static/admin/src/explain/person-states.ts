import type { PersonChoice } from '../../../../src/domain/explanation';
import type { Tone } from '../parts/tone';

/** How a person stands in Keycloak. */
export const personStates: Readonly<Record<PersonChoice['state'], { readonly text: string; readonly tone: Tone }>> = {
  enabled: { text: 'Enabled in Keycloak', tone: 'success' },
  disabled: { text: 'Disabled in Keycloak', tone: 'warning' },
  gone: { text: 'Gone from Keycloak', tone: 'danger' },
};
