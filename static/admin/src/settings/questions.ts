import type { Confirmations } from '../../../../src/domain/confirm-remove';

/** What the app may want to know before it takes settings over. */
export const questions = ['rebind', 'confirmation', 'clientSecret'] as const;
export type Question = (typeof questions)[number];

export interface Typed {
  readonly clientSecret: string;
  readonly confirmation: string;
  readonly rebind: boolean;
}

export type Answers = Confirmations & { readonly rebind?: boolean };

export const nothingTyped: Typed = { clientSecret: '', confirmation: '', rebind: false };

/** The word that confirms a cleanup that removes. */
export const removeWord = 'remove';

/** What a refusal asks for; absent where it is final. */
export function questionOf(error: unknown): Question | undefined {
  if (!(error instanceof Error) || !('field' in error)) return undefined;
  return questions.find((question) => question === error.field);
}

/** What was typed, as the app takes it; what nobody filled in is left out. */
export function answer({ clientSecret, confirmation, rebind }: Typed): Answers {
  return {
    ...(clientSecret.trim() === '' ? {} : { clientSecret }),
    ...(confirmation.trim() === '' ? {} : { confirmation }),
    ...(rebind ? { rebind } : {}),
  };
}

/** Why nothing can be sent again yet; absent when everything asked for is there. */
export function describeUnanswered(asked: readonly Question[], typed: Typed): string | undefined {
  if (asked.includes('rebind') && !typed.rebind) return 'Confirm the other realm first.';
  if (asked.includes('confirmation') && typed.confirmation.trim() !== removeWord) return `Type “${removeWord}” first.`;
  if (asked.includes('clientSecret') && typed.clientSecret.trim() === '') return 'Enter the client secret first.';
  return undefined;
}
