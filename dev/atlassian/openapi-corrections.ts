/** The API documents that the stand-in and the app are checked against, by their file names. */
export type DocumentName = 'organization' | 'user-management' | 'jira' | 'confluence-v1';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

/** One place where a published document is wrong, or narrower than what Atlassian's own words or measurements say. */
export interface Correction {
  readonly document: DocumentName;
  readonly reason: string;
  readonly edit: (document: JsonObject) => void;
}

const directory = '/v2/orgs/{orgId}/directories/{directoryId}';

/** All corrections. Beyond them the documents are taken at their word; each one must change something. */
export const corrections: readonly Correction[] = [
  {
    document: 'organization',
    reason: 'Invite `emails` limits its items with `maximum`, which says nothing about a list: 25 addresses are meant.',
    edit: (document) => {
      const emails = at(document, 'components', 'schemas', 'MultidirectoryInviteApiRequest', 'properties', 'emails');
      emails['minItems'] = take(emails, 'minimum');
      emails['maxItems'] = take(emails, 'maximum');
    },
  },
  {
    document: 'organization',
    reason: '`counts` of a single group carries `type: GroupCounts`, which is no JSON type, beside its `$ref`.',
    edit: (document) => {
      const data = at(document, 'components', 'schemas', 'MultiDirectoryGroupDetails', 'properties', 'data');
      take(at(data, 'properties', 'counts'), 'type');
    },
  },
  {
    document: 'organization',
    reason: '`userDirectoryStatus` is null for platform roles (its description); `nullable` beside `$ref` is ignored.',
    edit: (document) => {
      const row = at(document, 'components', 'schemas', 'MultiDirectoryUserRoleAssignment', 'properties');
      const { $ref = null } = at(row, 'userDirectoryStatus');
      row['userDirectoryStatus'] = { anyOf: [{ $ref }, { enum: [null] }] };
    },
  },
  {
    document: 'organization',
    reason: '`QueryVariants` is `nullable` without a type, which JSON schema validators refuse.',
    edit: (document) => {
      const query = at(document, 'components', 'schemas', 'QueryVariants');
      take(query, 'nullable');
      query['anyOf'] = [...list(query, 'anyOf'), { enum: [null] }];
    },
  },
  {
    document: 'organization',
    reason: 'A nullable enum must list null; `managementSource` is null for accounts that nobody manages.',
    edit: addNullToEnums,
  },
  {
    document: 'organization',
    reason: 'The single user is read at `users/{userId}` with a parameter declared as `accountId`.',
    edit: (document) => renamePath(document, `${directory}/users/{userId}`, `${directory}/users/{accountId}`),
  },
  {
    document: 'organization',
    reason: 'Account ids of v1 paths are opaque (`[a-zA-Z0-9_|:-]{1,128}`), not `format: uuid`.',
    edit: (document) => {
      for (const act of ['assign', 'revoke'])
        for (const roles of ['roles', 'role-assignments'])
          for (const parameter of list(
            at(document, 'paths', `/v1/orgs/{orgId}/users/{userId}/${roles}/${act}`, 'post'),
            'parameters',
          ))
            if (isObject(parameter) && parameter['name'] === 'userId') take(at(parameter, 'schema'), 'format');
    },
  },
  {
    document: 'organization',
    reason: 'Rate limits hold everywhere (introduction of the document); workspaces declare no 429.',
    edit: (document) => {
      at(document, 'paths', '/v2/orgs/{orgId}/workspaces', 'post', 'responses')['429'] = { description: 'Rate limit' };
    },
  },
  {
    document: 'organization',
    reason:
      'Restore uses up a licence and repeated acts may conflict: suspend and restore declare no 409, yet one must be expected.',
    edit: (document) => {
      for (const act of ['suspend', 'restore'])
        at(document, 'paths', `${directory}/users/{accountId}/${act}`, 'post', 'responses')['409'] = {
          description: 'Conflict',
        };
    },
  },
  {
    document: 'user-management',
    reason: 'Rate limits may strike anywhere; a 429 is declared for listing tokens only.',
    edit: (document) => {
      for (const item of Object.values(at(document, 'paths')))
        for (const operation of isObject(item) ? Object.values(item) : [])
          if (isObject(operation) && isObject(operation['responses'] ?? null))
            at(operation, 'responses')['429'] ??= { description: 'Rate limit' };
    },
  },
  {
    document: 'user-management',
    reason: 'The pattern of account ids ends with a line break, and is not anchored.',
    edit: (document) => {
      at(document, 'components', 'schemas', 'AccountId')['pattern'] = '^[a-zA-Z0-9_|:-]{1,128}$';
    },
  },
  {
    document: 'user-management',
    reason: 'PATCH profile takes any subset of the fields that are not read-only; its schema is the whole answer.',
    edit: (document) => {
      const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
      const body = at(
        document,
        'paths',
        '/users/{account_id}/manage/profile',
        'patch',
        'requestBody',
        'content',
        'application/json',
      );
      body['schema'] = {
        type: 'object',
        additionalProperties: false,
        properties: {
          name: reference('Name'),
          nickname: reference('Nickname'),
          zoneinfo: reference('ZoneInfo'),
          locale: reference('Locale'),
          extended_profile: reference('ExtendedProfile'),
        },
      };
    },
  },
  {
    document: 'user-management',
    reason: 'The two 400 bodies are told apart by `key`, but one of them allows any key, so `oneOf` fits both.',
    edit: (document) => {
      const schema = at(document, 'components', 'schemas', 'Response.BadRequest.BodyParseFailure');
      at(schema, 'properties', 'key')['enum'] = ['bodyParseFailure'];
    },
  },
  {
    document: 'user-management',
    reason: 'Disabling requires a body, so a missing one must be refused; no 400 is declared.',
    edit: (document) => {
      at(document, 'paths', '/users/{account_id}/manage/lifecycle/disable', 'post', 'responses')['400'] = {
        description: 'Malformed',
      };
    },
  },
];

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a path; a correction whose place is gone must fail loudly. */
function at(start: JsonObject, ...path: readonly string[]): JsonObject {
  let value: JsonObject = start;
  for (const name of path) {
    const next = value[name] ?? null;
    if (!isObject(next)) throw new Error(`The document has no ${path.join(' / ')}.`);
    value = next;
  }
  return value;
}

function list(parent: JsonObject, name: string): Json[] {
  const value = parent[name];
  if (!Array.isArray(value)) throw new Error(`${name} is no list.`);
  return value;
}

function take(parent: JsonObject, name: string): Json {
  const value = parent[name] ?? null;
  Reflect.deleteProperty(parent, name);
  return value;
}

function renamePath(document: JsonObject, from: string, to: string): void {
  const paths = at(document, 'paths');
  const item = take(paths, from);
  if (!isObject(item)) throw new Error(`The document has no ${from}.`);
  paths[to] = { ...at(document, 'paths', to), ...item };
}

function addNullToEnums(value: Json): void {
  if (Array.isArray(value)) value.forEach(addNullToEnums);
  if (!isObject(value)) return;
  const { enum: options, nullable } = value;
  if (nullable === true && Array.isArray(options) && !options.includes(null)) options.push(null);
  Object.values(value).forEach(addNullToEnums);
}
