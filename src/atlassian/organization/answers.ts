/** Forms of Atlassian's answers: what is used is checked, unknown fields pass. */
import * as v from 'valibot';

const text = v.string();
const links = v.optional(v.nullable(v.object({ next: v.optional(v.nullable(v.string())) })));

const page = <Item extends v.GenericSchema>(item: Item) => v.object({ data: v.array(item), links });

export const userSchema = v.object({
  accountId: v.pipe(text, v.minLength(1)),
  accountType: v.optional(v.nullable(text)),
  email: v.optional(v.nullable(text)),
  emailVerified: v.optional(v.nullable(v.boolean())),
  name: v.optional(v.nullable(text)),
  nickname: v.optional(v.nullable(text)),
  accountStatus: v.optional(v.nullable(text)),
  membershipStatus: v.optional(v.nullable(text)),
  status: v.optional(v.nullable(text)),
  claimStatus: v.optional(v.nullable(text)),
  managementSource: v.optional(v.nullable(text)),
  jobTitle: v.optional(v.nullable(text)),
  department: v.optional(v.nullable(text)),
  organization: v.optional(v.nullable(text)),
  location: v.optional(v.nullable(text)),
  timeZone: v.optional(v.nullable(text)),
  platformRoles: v.optional(v.nullable(v.array(text))),
  groups: v.optional(v.nullable(v.array(v.object({ id: v.pipe(text, v.minLength(1)) })))),
});
export type UserAnswer = v.InferOutput<typeof userSchema>;
export const userPageSchema = page(userSchema);

export const groupSchema = v.object({
  id: v.pipe(text, v.minLength(1)),
  name: text,
  description: v.optional(v.nullable(text)),
  directoryId: v.optional(v.nullable(text)),
  externalSynced: v.optional(v.nullable(v.boolean())),
  managedBy: v.optional(v.nullable(text)),
  managementAccess: v.optional(v.nullable(v.object({ modifiable: v.optional(v.nullable(v.boolean())) }))),
  counts: v.optional(
    v.nullable(v.object({ users: v.optional(v.nullable(v.number())), resources: v.optional(v.nullable(v.number())) })),
  ),
});
export type GroupAnswer = v.InferOutput<typeof groupSchema>;
export const groupPageSchema = page(groupSchema);
/** The document shows the group bare in `data`. */
export const singleGroupSchema = v.object({ data: groupSchema });

export const groupRolePageSchema = page(
  v.object({
    resourceId: v.optional(v.nullable(text)),
    resourceOwner: v.optional(v.nullable(text)),
    roles: v.optional(v.nullable(v.array(text))),
    defaultRole: v.optional(v.nullable(text)),
  }),
);
export type GroupRoleAnswer = v.InferOutput<typeof groupRolePageSchema>['data'][number];

export const userRolePageSchema = page(
  v.object({ directoryId: v.optional(v.nullable(text)), userDirectoryStatus: v.optional(v.nullable(text)) }),
);

export const countSchema = v.object({ count: v.pipe(v.number(), v.integer(), v.minValue(0)) });

const assignment = { status: text, statusReason: v.optional(v.nullable(text)) };
export const inviteSchema = v.object({
  data: v.array(
    v.object({
      id: v.optional(v.nullable(text)),
      email: text,
      results: v.optional(
        v.nullable(
          v.array(
            v.object({
              groupAssignmentResult: v.optional(v.nullable(v.array(v.object({ group: text, ...assignment })))),
              roleAssignmentResult: v.optional(v.nullable(v.array(v.object({ ...assignment })))),
            }),
          ),
        ),
      ),
    }),
  ),
});
export type InviteAnswer = v.InferOutput<typeof inviteSchema>['data'][number];

export const organizationPageSchema = page(v.object({ id: text, attributes: v.object({ name: v.optional(text) }) }));
export const directoryPageSchema = page(v.object({ directoryId: text, name: v.optional(v.nullable(text)) }));
export const workspacePageSchema = page(
  v.object({
    id: text,
    attributes: v.object({
      name: v.optional(v.nullable(text)),
      typeKey: v.optional(v.nullable(text)),
      hostUrl: v.optional(v.nullable(text)),
      status: v.optional(v.nullable(text)),
    }),
  }),
);

const errorsSchema = v.object({ errors: v.array(v.object({ code: v.optional(v.nullable(text)) })) });

/** Codes of an error body; none when it has another form. The body itself is never shown. */
export function readErrorCodes(body: string): readonly string[] {
  try {
    const result = v.safeParse(errorsSchema, JSON.parse(body));
    return result.success ? result.output.errors.flatMap(({ code }) => code ?? []) : [];
  } catch {
    return [];
  }
}
