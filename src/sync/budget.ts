import { OutOfBudget, type Budget } from './ports';

/** Milliseconds that a step keeps for its last checkpoint. */
const reserveTime = 60_000;
const reserveCalls = 40;

/** The budget of one invocation: `calls` outbound calls, and the time that the platform says is left. */
export function createBudget(options: { readonly calls: number; readonly timeLeft: () => number }): Budget {
  let left = options.calls;
  return {
    callsLeft: () => left,
    timeLeft: options.timeLeft,
    spend: () => {
      if (left <= 0) throw new OutOfBudget('no outbound calls left in this invocation');
      left -= 1;
    },
  };
}

/** Whether the next piece of work belongs into another invocation. */
export function isNearlyUsed(budget: Budget): boolean {
  return budget.callsLeft() < reserveCalls || budget.timeLeft() < reserveTime;
}
