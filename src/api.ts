/**
 * The contract between page and app: every resolver function with what it takes and gives. Types only.
 * Reading needs a product administrator; what is marked (organization) needs an organization administrator.
 */
import type { Confirmations } from './domain/confirm-remove';
import type { ConnectorSettings } from './domain/connector';
import type { Explanation } from './domain/explanation';
import type { GroupMode } from './domain/group-mode';
import type { LinksFile, LinksPart } from './domain/links-file';
import type { ReportRow } from './domain/report';
import type { Inquiry, Progress, Run, RunKind } from './domain/run';
import type { PlanSelection } from './domain/selection';
import type { SettingsFile } from './domain/settings-file';
import type { SettingsHistoryEntry } from './domain/settings-history';
import type { SurveyResult } from './domain/survey';

/** Across the bridge an answer is a value or a sentence that says what to do; `field` is the path of a setting. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly error: { readonly code: string; readonly message: string; readonly field?: string };
    };

export interface ConnectorSummary {
  readonly id: string;
  readonly name: string;
  readonly realm: string;
  readonly host: string;
  /** A connector that is switched off starts nothing. */
  readonly enabled: boolean;
  /** Whether a client secret is stored, and domains are chosen: what a first run still needs, in sentences. */
  readonly missing: readonly string[];
  readonly lastRun?: Run;
  readonly openRun?: Run;
  /** Epoch milliseconds; absent while the schedule is off. */
  readonly nextRunAt?: number;
  /** Why the schedule is paused, a sentence; saving with a schedule that is switched on resumes it. */
  readonly pausedBecause?: string;
}

export interface ConnectorView {
  readonly id: string;
  readonly revision: number;
  readonly settings: ConnectorSettings;
  /** The secret itself never leaves secret storage. */
  readonly hasSecret: boolean;
  readonly baseUrl?: string;
  readonly savedAt: number;
}

export type ProbeState = 'passed' | 'warning' | 'failed' | 'skipped';

/** One line of *Save and Test Connection*. */
export interface Probe {
  readonly id: string;
  /** For example "Client accepted". */
  readonly title: string;
  readonly state: ProbeState;
  /** What was found and, when it failed, what to do next. */
  readonly message: string;
}

export interface DirectoryView {
  readonly configured: boolean;
  readonly hasKey: boolean;
  readonly orgId?: string;
  readonly orgName?: string;
  readonly directoryId?: string;
  readonly directoryName?: string;
  /** Account that owns the key, as typed; it is protected like every administrator. */
  readonly keyOwner?: string;
  /** ISO date, for example 2027-05-31. */
  readonly keyExpiresOn?: string;
  /** Warnings 30, 14, 7 and 1 days before, and after. */
  readonly keyWarning?: string;
}

export interface OrganizationChoice {
  readonly orgId: string;
  readonly name: string;
  readonly directories: readonly { readonly directoryId: string; readonly name: string }[];
  /** Product access that invitations may give: resource ARIs with a name for people. */
  readonly products: readonly { readonly resource: string; readonly name: string }[];
}

/** What a reading of both sides found, as far as it has come. */
export interface Inquired<Found> {
  readonly state: 'reading' | 'done' | 'failed';
  readonly progress?: Progress;
  /** What went wrong, one sentence. */
  readonly message?: string;
  readonly result?: Found;
}
export type Survey = Inquired<SurveyResult>;
/** *Explain a user*. */
export type ExplanationView = Inquired<Explanation>;

export interface Me {
  readonly productAdmin: boolean;
  readonly organizationAdmin: boolean;
}

export interface SuspendedAccount {
  readonly user: string;
  readonly accountId: string;
  readonly email: string;
  readonly suspendedAt: number;
}

/** Every function the page may invoke: payload and value. */
export interface Api {
  getMe: { payload: undefined; value: Me };
  listConnectors: { payload: undefined; value: readonly ConnectorSummary[] };
  getConnector: { payload: { connectorId: string }; value: ConnectorView };
  getDefaults: { payload: undefined; value: ConnectorSettings };
  /** (organization) Creates without `connectorId`; otherwise `revision` must be the one that was edited. */
  saveConnector: {
    payload: {
      connectorId?: string;
      revision?: number;
      settings: ConnectorSettings;
      /** Replaces the stored client secret; left out, the stored one stays. */
      clientSecret?: string;
      /** The word `remove`, typed: needed where the cleanup becomes *remove*. */
      confirmation?: string;
    };
    value: ConnectorView;
  };
  /** (organization) Switches a connector on or off. */
  setEnabled: { payload: { connectorId: string; enabled: boolean }; value: ConnectorView };
  /** Newest first, the settings of now included. */
  listSettingsHistory: { payload: { connectorId: string }; value: readonly SettingsHistoryEntry[] };
  /** (organization) A save like any other: `revision` as edited. */
  restoreSettings: {
    payload: Confirmations & { connectorId: string; entry: string; revision: number };
    value: ConnectorView;
  };
  /** Without secrets, and without what only this Atlassian directory knows (`SettingsFile.leftOut`). */
  exportSettings: { payload: { connectorId: string }; value: SettingsFile };
  /**
   * (organization) Without `connectorId` a new connector with its schedule off. Over an existing one it is a save with `revision`
   * that switches nothing on; a file of another server, realm or client needs `clientSecret` and `rebind`. `file`: what
   * `exportSettings` gave, maybe of an older version. `notes`: what is still to be chosen, sentences.
   */
  importSettings: {
    payload: Confirmations & { file: unknown; connectorId?: string; revision?: number; rebind?: boolean };
    value: { connector: ConnectorView; notes: readonly string[] };
  };
  /**
   * (organization) A new connector "Copy of ..." with the same settings: its schedule off, without links, and without a secret
   * unless it is given.
   */
  cloneConnector: { payload: Confirmations & { connectorId: string }; value: ConnectorView };
  /** (organization) Links go too; nothing in Atlassian changes. */
  deleteConnector: { payload: { connectorId: string }; value: null };
  /** (organization) Probes the saved connector; keeps the base address that it found. */
  testConnector: { payload: { connectorId: string }; value: readonly Probe[] };
  /** Five next times of a schedule, epoch milliseconds, or why there are none. */
  previewSchedule: { payload: { cron: string; timeZone: string }; value: { times: readonly number[]; words: string } };
  getDirectory: { payload: undefined; value: DirectoryView };
  /** (organization, checked with the new key itself when one is given) */
  findOrganizations: { payload: { key?: string }; value: readonly OrganizationChoice[] };
  /**
   * (organization, checked with the new key itself when one is given) While there are connectors, only an administrator of the
   * organization that is set up, seen with its stored key, may choose another one.
   */
  saveDirectory: {
    payload: { key?: string; orgId: string; directoryId: string; keyOwner?: string; keyExpiresOn?: string };
    value: DirectoryView;
  };
  /** (organization) */
  testDirectory: { payload: undefined; value: readonly Probe[] };
  /** As simulating: unsaved `settings` that send the stored client secret elsewhere (any change of `keycloak`) are (organization). */
  startSurvey: { payload: { connectorId: string; settings?: ConnectorSettings }; value: { surveyId: string } };
  /** Looks for exactly this user name, e-mail address or id; unsaved `settings` as for `startSurvey`. Nothing is written to Atlassian. */
  startExplain: {
    payload: { connectorId: string; user: string; settings?: ConnectorSettings };
    value: { explainId: string };
  };
  getExplanation: { payload: { explainId: string }; value: ExplanationView };
  /**
   * A run of this one person (Keycloak id), never with cleanup. Somebody disabled in Keycloak is suspended only with `suspend`.
   * Simulating needs a product administrator; a full run (organization).
   */
  syncUser: {
    payload: { connectorId: string; user: string; kind: Exclude<RunKind, Inquiry>; suspend?: boolean };
    value: { runId: string };
  };
  getSurvey: { payload: { surveyId: string }; value: Survey };
  /** (organization) Takes effect with the next full run. `mode` absent: no adoption. */
  adoptGroup: {
    payload: { connectorId: string; sourceGroupId: string; groupId: string; mode?: GroupMode };
    value: null;
  };
  /** (organization) For rows with a `candidate`. The next run looks again, and links only what is still a candidate. */
  confirmMatches: {
    payload: { connectorId: string; matches: readonly { readonly user: string; readonly accountId: string }[] };
    value: null;
  };
  /**
   * (organization) What looks like an outage of a federation is real. The next full run still takes nothing for it and remembers who
   * is gone; later ones judge these people one by one, under the usual limits.
   */
  acceptOutage: { payload: { connectorId: string; federation: string }; value: null };
  /** (organization) Lets go of an account or an adopted group with the next run; members and memberships stay as they are. */
  releaseAccount: { payload: { connectorId: string; user: string }; value: null };
  releaseGroup: { payload: { connectorId: string; sourceGroupId: string }; value: null };
  /** (organization) From now on this connector owns the account of this person, and not the one that owned it. */
  takeOwnership: { payload: { connectorId: string; user: string }; value: null };
  /** Accounts that this connector suspended and has not restored; times in epoch milliseconds. */
  listSuspended: { payload: { connectorId: string }; value: readonly SuspendedAccount[] };
  /** (organization) Without `part` the first one. */
  exportLinks: { payload: { connectorId: string; part?: number }; value: LinksPart };
  /** (organization) As a click on each pair: the next run looks at both sides first. Gives how many were taken over to be looked at. */
  importLinks: { payload: { connectorId: string; file: LinksFile }; value: { accounts: number; groups: number } };
  /** Simulating needs a product administrator; a full run (organization). Unsaved `settings` only with `simulate`, and (organization) where `keycloak` differs. */
  startRun: {
    payload: { connectorId: string; kind: Exclude<RunKind, Inquiry>; settings?: ConnectorSettings };
    value: { runId: string };
  };
  listRuns: { payload: { connectorId?: string }; value: readonly Run[] };
  getRun: { payload: { runId: string }; value: Run };
  /** One part of the result rows, 0-based; `parts` as in `Run.reportParts`. */
  getReport: { payload: { runId: string; part: number }; value: readonly ReportRow[] };
  /** (organization) */
  cancelRun: { payload: { runId: string }; value: null };
  /** (organization) `planHash` as shown: another plan is refused. Without `selection`: all of it. */
  approveRun: {
    payload: { runId: string; planHash: string; reason: string; selection?: PlanSelection };
    value: null;
  };
  /** (organization) Pauses the connector's schedule as well. */
  rejectRun: { payload: { runId: string; reason: string }; value: null };
  /** (organization) Starts a full run that does no more than the chosen part of a simulated run's plan. */
  applyPlan: {
    payload: { runId: string; planHash: string; reason: string; selection: PlanSelection };
    value: { runId: string };
  };
  /** Takes back every suspension of the connector, as an undo. Full: (organization), and pauses the connector's schedule. */
  restoreSuspended: {
    payload: { connectorId: string; kind: 'simulate' | 'full' };
    value: { runId: string };
  };
  /** Takes back what an ended full run did. Full: (organization), and pauses the connector's schedule. */
  undoRun: { payload: { runId: string; kind: 'simulate' | 'full' }; value: { runId: string } };
}

export type FunctionKey = keyof Api;
