import type { ReportRow, ReportedChange } from '../../../../src/domain/report';

type PersonRow = Extract<ReportRow, { readonly kind: 'person' }>;

/** What is taken from somebody: all access, a group that gives access, or a membership alone. */
export type Loss = 'access' | 'access-group' | 'membership';

export interface LosingPerson {
  readonly row: PersonRow;
  readonly loss: Loss;
  /** Those of the person's changes that take something away. */
  readonly changes: readonly ReportedChange[];
}

/** From the heaviest to the lightest. */
export const lossOrder: readonly Loss[] = ['access', 'access-group', 'membership'];

/** Whether a change takes something away from a person. */
export function isTaking({ kind }: Pick<ReportedChange, 'kind'>): boolean {
  return kind === 'suspend' || kind === 'remove-account' || kind === 'remove-member';
}

/** The groups of a report that give access to a product. */
export function findAccessGroups(rows: readonly ReportRow[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ kind, row }) => (kind === 'group' && row.grantsAccess.length > 0 ? [row.group] : [])));
}

/** What a change takes away; absent when it takes nothing. */
export function lossOf(
  change: Pick<ReportedChange, 'kind' | 'group'>,
  accessGroups: ReadonlySet<string>,
): Loss | undefined {
  if (!isTaking(change)) return undefined;
  if (change.kind !== 'remove-member') return 'access';
  return change.group !== undefined && accessGroups.has(change.group) ? 'access-group' : 'membership';
}

/** Everybody from whom something is taken, those who lose access first. */
export function findLosses(rows: readonly ReportRow[]): readonly LosingPerson[] {
  const accessGroups = findAccessGroups(rows);
  const found = rows.flatMap((row): readonly LosingPerson[] => {
    if (row.kind !== 'person') return [];
    const losses = row.changes.flatMap((change) => lossOf(change, accessGroups) ?? []);
    const loss = lossOrder.find((each) => losses.includes(each));
    return loss === undefined ? [] : [{ row, loss, changes: row.changes.filter(isTaking) }];
  });
  return lossOrder.flatMap((loss) => found.filter((person) => person.loss === loss));
}

/** How many people lose what, each counted once, by the heaviest loss. */
export type LossCounts = Readonly<Record<Loss, number>>;

export function countLosses(people: readonly { readonly loss: Loss }[]): LossCounts {
  const of = (loss: Loss) => people.filter((person) => person.loss === loss).length;
  return { access: of('access'), 'access-group': of('access-group'), membership: of('membership') };
}
