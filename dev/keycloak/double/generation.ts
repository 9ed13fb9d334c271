/** What differs between server versions (measured on 22.0.5, 24.0.5, 25.0.6, 26.0.8 and 26.7.3, else release notes). */
export interface Generation {
  /**
   * Before 23 a listing nests every sub-group, there is neither a sub-group count nor `/children` (405), and whoever
   * has a token may count the groups.
   */
  readonly nestedGroups: boolean;
  /** Until 26.0 a search term goes into SQL as it is: `%` matches all, `*` nothing, an empty one is a term. */
  readonly rawSearch: boolean;
  /** Until 26.0 a client that may see nobody is told that there are 0 users. */
  readonly countHidesUsers: boolean;
  readonly showsUndeclaredAttributes: boolean;
  /** Before 24 the user profile is a preview, and what it declares is empty. */
  readonly userProfile: boolean;
  /** Until 26.0 a listing tells the same about a caller's rights as a single read does. */
  readonly fullAccessInLists: boolean;
  /** Before 25 a refusal for missing roles is called `unknown_error`. */
  readonly unnamedForbidden: boolean;
  /** 23 to 25 add a sentence about the server log to every error. */
  readonly explainsErrors: boolean;
  /** Before 23: no character set in the content type, and RESTEasy's own text where no route is. */
  readonly classicRouting: boolean;
  readonly subGroupsCountOption: boolean;
  readonly refusesUnnormalisedPaths: boolean;
  readonly refusesSemicolons: boolean;
}

export function generationOf(version: string): Generation {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const since = (sinceMajor: number, sinceMinor = 0): boolean =>
    major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
  return {
    nestedGroups: !since(23),
    rawSearch: !since(26, 1),
    countHidesUsers: !since(26, 1),
    showsUndeclaredAttributes: !since(26, 1),
    userProfile: since(24),
    fullAccessInLists: !since(26, 1),
    unnamedForbidden: !since(25),
    explainsErrors: since(23) && !since(26),
    classicRouting: !since(23),
    subGroupsCountOption: since(26, 3),
    refusesUnnormalisedPaths: since(26, 5),
    refusesSemicolons: since(26, 6),
  };
}
