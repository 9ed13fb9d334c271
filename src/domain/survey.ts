import type { GroupMode } from './group-mode';
import type { SurveyedChoices } from './survey-choices';

/** What a survey of both sides found, for the editor to offer. */
export interface SurveyResult {
  /** Epoch milliseconds. */
  readonly readAt: number;
  readonly users: number;
  readonly inScope: number;
  /** Why a run would stop at this scope, sentences: chosen groups that are gone, rules that match nothing, nobody in scope. */
  readonly scopeProblems: readonly string[];
  /** What each choice of groups catches. */
  readonly choices: SurveyedChoices;
  readonly groups: readonly { readonly id: string; readonly path: string; readonly members: number }[];
  /** E-mail domains of the realm; `proven`: addresses that Keycloak, or a trusted federation, says are the person's. */
  readonly domains: readonly { readonly domain: string; readonly people: number; readonly proven: number }[];
  readonly federations: readonly { readonly id: string; readonly people: number }[];
  /** Custom attributes of people that a mapping can name. */
  readonly attributes: readonly SeenAttribute[];
  readonly adoptable: readonly AdoptableGroup[];
  /** The chosen groups that give access to a product; absent while no directory is set up. */
  readonly access?: readonly AccessGroup[];
  /** All groups of the directory, to be picked from; absent while no directory is set up. */
  readonly directoryGroups?: readonly DirectoryGroupChoice[];
}

/** A Keycloak group that is chosen to be synced, whose Atlassian group gives access to products. */
export interface AccessGroup {
  readonly sourceGroupId: string;
  readonly path: string;
  readonly name: string;
  /** Whether it is synced now, or waits to be adopted. */
  readonly synced: boolean;
  /** People in scope who are members in Keycloak. */
  readonly people: number;
  /** How many of these people would use a seat that they do not use now, for each product of the group. */
  readonly seats: readonly { readonly product: string; readonly people: number }[];
}

/** An Atlassian group that a setting may name. */
export interface DirectoryGroupChoice {
  readonly id: string;
  readonly name: string;
  readonly members: number;
  /** Products that its members get access to. */
  readonly grantsAccess: readonly string[];
  /** Why it is never written to; absent when it may be. */
  readonly protectedBecause?: string;
}

/** A custom attribute of Keycloak users. */
export interface SeenAttribute {
  readonly name: string;
  /** Whether the realm's user profile declares it; newer servers show no others. */
  readonly declared: boolean;
  /** Declared for several values, or seen with more than one. */
  readonly multivalued: boolean;
  /** How many of the people who were looked at have it. */
  readonly people: number;
}

/** A Keycloak group whose name an existing Atlassian group has that no connector is linked to. */
export interface AdoptableGroup {
  readonly sourceGroupId: string;
  readonly groupId: string;
  readonly name: string;
  readonly path: string;
  readonly onBothSides: number;
  readonly onlyInKeycloak: number;
  readonly onlyInAtlassian: number;
  /** Of those, accounts whose address nobody in Keycloak has: only *exact* removes them. */
  readonly unknownToKeycloak: number;
  readonly grantsAccess: readonly string[];
  /** Why it cannot be adopted; absent when it can. */
  readonly protectedBecause?: string;
  /** The administrator's click, which takes effect with the next full run. */
  readonly adopted?: GroupMode;
}
