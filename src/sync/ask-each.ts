import pMap from 'p-map';
import type { SourceUserId } from '../domain/identity';
import type { Progress } from '../domain/run';
import { isNearlyUsed } from './budget';
import type { Source } from './ports';
import type { Step } from './step';

/** Measured: 6 to 8 at once read a realm fastest. */
const atOnce = 8;

export type Answers<Answer> = Readonly<Record<string, Answer>>;

export type Asked<Answer> =
  /** The invocation is nearly used; what was asked is kept, and the next one goes on. */
  | { readonly kind: 'unfinished'; readonly progress: Progress }
  | { readonly kind: 'asked'; readonly answers: Answers<Answer> };

/**
 * Asks Keycloak about people one by one and keeps the answers as the run's work `name`, until somebody deletes it.
 * Where not even one person fits into an invocation it gives the answers that there are: a run never waits for ever. Throws `SourceError`.
 */
export async function askEach<Answer>(
  step: Step,
  { name, what }: { readonly name: string; readonly what: Progress['what'] },
  people: readonly SourceUserId[],
  ask: (source: Source, user: SourceUserId) => Promise<Answer>,
): Promise<Asked<Answer>> {
  const { world, run, fence } = step;
  const before = (await world.work.load<Answers<Answer>>(run.id, name)) ?? {};
  const answers = new Map(Object.entries(before));
  const open = people.filter((user) => !answers.has(user));
  if (open.length === 0) return { kind: 'asked', answers: before };
  const source = await step.source();
  let failure: { readonly error: unknown } | undefined;
  await pMap(
    open,
    async (user) => {
      // Requests in flight come to their end whatever happens to one of them: none runs on in a later invocation.
      if (failure !== undefined || isNearlyUsed(step.budget)) return;
      try {
        answers.set(user, await ask(source, user));
      } catch (error) {
        failure ??= { error };
      }
    },
    { concurrency: atOnce },
  );
  const kept = Object.fromEntries(answers);
  await world.work.save(name, kept, fence);
  if (failure !== undefined) throw failure.error;
  const isUnfinished = answers.size < people.length && answers.size > Object.keys(before).length;
  if (isUnfinished) return { kind: 'unfinished', progress: { what, done: answers.size, total: people.length } };
  return { kind: 'asked', answers: kept };
}
