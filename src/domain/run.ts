import type { ConnectorId, RunId, SourceUserId } from './identity';
import type { PlanCounts, Violation } from './plan';
import type { ProductSeats } from './seats';
import type { PlanSelection } from './selection';

/** Reads both sides to answer a question of the page, beside any run, and stands in no list: the editor's survey, *Explain a user*. */
export type Inquiry = 'survey' | 'explain';

export type RunKind = 'simulate' | 'full' | Inquiry;

export function isInquiry(kind: RunKind): kind is Inquiry {
  return kind === 'survey' || kind === 'explain';
}

/** *Sync this user*: whom alone the run concerns, and whether that person, disabled in Keycloak, may be suspended. */
export interface OnlyPerson {
  readonly user: SourceUserId;
  readonly suspend: boolean;
}

export type RunState =
  | 'reading-source'
  | 'reading-directory'
  | 'planning'
  | 'held'
  | 'applying'
  | 'simulated'
  | 'finished'
  | 'failed'
  | 'cancelled';

/** Every legal step of a run; an approval sends a held run back to read both sides again. */
export const transitions: Readonly<Record<RunState, readonly RunState[]>> = {
  'reading-source': ['reading-directory', 'finished', 'failed', 'cancelled'],
  'reading-directory': ['planning', 'reading-source', 'finished', 'failed', 'cancelled'],
  planning: ['held', 'simulated', 'applying', 'reading-source', 'finished', 'failed', 'cancelled'],
  held: ['reading-source', 'cancelled'],
  applying: ['held', 'finished', 'failed', 'cancelled', 'reading-source'],
  simulated: [],
  finished: [],
  failed: [],
  cancelled: [],
};

/** Whether the run needs no further step by itself: it ended, or it waits for an administrator. */
export function isResting(state: RunState): boolean {
  return transitions[state].length === 0 || state === 'held';
}

export function isEnded(state: RunState): boolean {
  return transitions[state].length === 0;
}

export type Starter = { readonly kind: 'person'; readonly accountId: string } | { readonly kind: 'schedule' };

export interface Progress {
  /** What is being counted, in words for people: "users", "members of groups", "changes". */
  readonly what: string;
  readonly done: number;
  /** Absent while the total is not known. */
  readonly total?: number;
}

export type ChangeOutcome =
  'done' | 'already' | 'refused' | 'unconfirmed' | 'not-approved' | 'not-needed' | 'not-reached';

export type OutcomeCounts = Readonly<Record<ChangeOutcome, number>>;

/** Who let a plan be carried out, when and why. */
export interface Approval {
  readonly by: string;
  readonly at: number;
  readonly planHash: string;
  readonly reason: string;
  /** The part of the plan that was approved; absent: all of it. */
  readonly selection?: PlanSelection;
}

export interface RunFailure {
  readonly code: string;
  /** One sentence: what happened and what to do next. */
  readonly message: string;
}

/** What the saved settings would do where others are simulated: counts, or a sentence why there are none. */
export type SavedPlan =
  | { readonly kind: 'counted'; readonly counts: PlanCounts }
  | { readonly kind: 'not-counted'; readonly message: string };

/** An undo of everything that the connector has suspended, in whatever run. */
export const ownSuspensions = 'own suspensions';

/** One execution. The record is small; snapshots, plans and report parts are kept beside it. */
export interface Run {
  readonly id: RunId;
  readonly connectorId: ConnectorId;
  readonly connectorName: string;
  readonly kind: RunKind;
  readonly startedBy: Starter;
  /** The run of one person alone; absent: of everybody. */
  readonly only?: OnlyPerson;
  /** Whom *Explain a user* looks for: a user name, an e-mail address or an id. */
  readonly asks?: string;
  /** Simulates settings that are not saved: everything is read, so that the saved ones can be planned from it as well. */
  readonly unsaved?: true;
  readonly startedAt: number;
  readonly state: RunState;
  /** Number of the checkpoint; an event that names another one is dropped. */
  readonly step: number;
  /** Grows with each claim; writes of an older claim are refused. */
  readonly fence: number;
  /** Until when an invocation works on the step, epoch milliseconds; 0: nobody does. */
  readonly claimedUntil: number;
  readonly heartbeat: number;
  /** Failed tries of this step, reset by each checkpoint. */
  readonly attempts: number;
  /** Batches of changes that apply has ended, with their outcomes saved. */
  readonly batchesDone: number;
  readonly progress?: Progress;
  readonly cancelRequestedBy?: string;
  readonly counts?: PlanCounts;
  /** Accounts that gain and lose a product by the plan, for each product that any does. */
  readonly seats?: readonly ProductSeats[];
  /** Of a simulation of unsaved settings: what the saved ones plan from the same readings. */
  readonly saved?: SavedPlan;
  readonly violations?: readonly Violation[];
  readonly planHash?: string;
  readonly approval?: Approval;
  /** The simulated run whose plan this one carries out. */
  readonly applies?: RunId;
  /** Additions are done first, and the rest of the plan is held then. */
  readonly holdsRest?: true;
  /** The run whose changes this one takes back, or all suspensions of the connector: before it is deleted. */
  readonly undoes?: RunId | typeof ownSuspensions;
  /** Why removals were left out of the plan, sentences. */
  readonly withheld?: readonly string[];
  readonly notes?: readonly string[];
  /** Federations that look as if they were out, each with its sentence: nothing is taken from anyone of them. */
  readonly outages?: readonly { readonly federation: string; readonly message: string }[];
  readonly outcomes?: OutcomeCounts;
  /** How many parts of rows the report has. */
  readonly reportParts?: number;
  readonly failure?: RunFailure;
  readonly endedAt?: number;
}
