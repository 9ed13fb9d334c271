import type { Change } from './change';
import type { ChosenPair } from './choices';
import type { ConnectorSettings } from './connector';
import type { Foreign } from './foreign';
import type { ConnectorId, SourceUserId } from './identity';
import type { GroupAdoption, Links } from './link';
import type { RecentWrite } from './memory';
import type { DirectoryAccount, DirectorySnapshot, SourceSnapshot } from './snapshot';

/** Everything a plan is computed from: two complete snapshots, what is remembered, and the settings. Same input, same plan. */
export interface PlanInput {
  readonly connectorId: ConnectorId;
  readonly settings: ConnectorSettings;
  readonly source: SourceSnapshot;
  readonly directory: DirectorySnapshot;
  /** Accounts of the organization, outside the directory, that have an address which the plan may want to invite. */
  readonly elsewhere: readonly DirectoryAccount[];
  readonly links: Links;
  readonly adoptions: readonly GroupAdoption[];
  /** Pairs that an administrator confirmed, and those that were released. */
  readonly confirmed: readonly ChosenPair[];
  readonly released: readonly ChosenPair[];
  /** What the other connectors of the directory have. */
  readonly foreign: Foreign;
  readonly recent: readonly RecentWrite[];
  /** Linked people whom single reads confirmed as gone (404 twice). */
  readonly confirmedAbsent: ReadonlySet<SourceUserId>;
  /** The changes that the run may make, where it carries out a plan that was shown: of what must wait for its turn, these come first. */
  readonly approved?: readonly Change[];
  /** Epoch milliseconds. */
  readonly now: number;
}
