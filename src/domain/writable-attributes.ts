import type { AtlassianAttribute } from './mapping-row';

/** The switches under *User Provisioning* that let the connector write to existing accounts. */
export type UpdateSwitch = 'updateName' | 'updateEmail' | 'updateProfile';

export const switchNames: Readonly<Record<UpdateSwitch, string>> = {
  updateName: 'Update names',
  updateEmail: 'Update e-mails',
  updateProfile: 'Update profiles',
};

/** What the directory can do with one attribute of an account that exists. */
export interface AttributeRule {
  /** Whose accounts it can be written for. */
  readonly of: 'managed accounts' | 'nobody';
  /** The switch that it needs. */
  readonly needs: UpdateSwitch;
  /** Characters that Atlassian takes at most, where it says so. */
  readonly longest?: number;
  /** Whether the value can be taken away again. */
  readonly clearable: boolean;
  /** One sentence for the row of the attribute mapping. */
  readonly says: string;
}

const extended: AttributeRule = {
  of: 'managed accounts',
  needs: 'updateProfile',
  clearable: true,
  says: 'Can be set for managed accounts only.',
};

/**
 * What the organization's API can write, for whom, and within which limits (facts/atlassian.md 4.3 and 5): plain data, so that the
 * page says it at the row before a run finds out.
 */
export const attributeRules: Readonly<Record<AtlassianAttribute, AttributeRule>> = {
  email: {
    of: 'managed accounts',
    needs: 'updateEmail',
    clearable: false,
    says: 'Can be changed for managed accounts only, into a verified domain, and signs the person out everywhere.',
  },
  displayName: {
    of: 'managed accounts',
    needs: 'updateName',
    longest: 100,
    clearable: false,
    says: 'Can be set for managed accounts only, up to 100 characters, and cannot be empty.',
  },
  nickname: {
    of: 'managed accounts',
    needs: 'updateProfile',
    longest: 30,
    clearable: false,
    says: 'Can be set for managed accounts only, up to 30 characters, and cannot be empty.',
  },
  jobTitle: extended,
  department: extended,
  organization: extended,
  location: extended,
  timeZone: {
    of: 'managed accounts',
    needs: 'updateProfile',
    clearable: false,
    says: 'Can be set for managed accounts only, to a name like Europe/Berlin, and cannot be empty.',
  },
  locale: {
    of: 'nobody',
    needs: 'updateProfile',
    clearable: false,
    says: 'Is not written: Atlassian does not show it in its lists, so nobody could see what a sync would change.',
  },
};
