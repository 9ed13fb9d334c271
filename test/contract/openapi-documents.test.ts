import { contractFolder, correctDocument, loadDocument, type ContractExchange } from '../../dev/atlassian/contract';
import { corrections } from '../../dev/atlassian/openapi-corrections';
import { contractOrSkip } from '../dev/atlassian/client';

const open = contractOrSkip();
const org = '/admin/v2/orgs/org-1';
const directory = `${org}/directories/directory-1`;
const emails = (count: number): string[] => Array.from({ length: count }, (_, index) => `p${index}@example.com`);

const requests: readonly (readonly [string, Partial<ContractExchange>, string[]])[] = [
  ['25 invited addresses', { path: `${org}/users/invite`, requestBody: { emails: emails(25) } }, []],
  [
    '26 invited addresses',
    { path: `${org}/users/invite`, requestBody: { emails: emails(26) } },
    ['request body/emails must NOT have more than 25 items'],
  ],
  [
    'a page of 101 users',
    { path: `${directory}/users/search`, requestBody: { limit: 101 } },
    ['request body/limit must be <= 100'],
  ],
  [
    'a misspelt filter',
    { path: `${directory}/users/search`, requestBody: { mails: ['a@example.com'] } },
    ['request body has the undeclared property mails'],
  ],
  [
    'an unknown expansion',
    { path: `${directory}/users/search`, requestBody: { expand: ['everything'] } },
    ['request body/expand/0 must be equal to one of the allowed values'],
  ],
  [
    'a membership without an account',
    { path: `${directory}/groups/g/memberships`, requestBody: {} },
    ["request body must have required property 'accountId'"],
  ],
  [
    'a body where none is declared',
    { path: `${directory}/users/u/suspend`, requestBody: {} },
    ['a body is sent, the document declares none'],
  ],
  ['an unknown operation', { method: 'PUT', path: `${directory}/groups/g` }, ['the document has no such operation']],
  [
    'a count by several statuses',
    { method: 'GET', path: `${directory}/users/count`, query: new URLSearchParams('status=active&status=suspended') },
    [],
  ],
  [
    'a count with an undeclared parameter',
    { method: 'GET', path: `${directory}/users/count`, query: new URLSearchParams('emails=a@example.com') },
    ['query parameter emails is not declared'],
  ],
  [
    'a count by a status that does not exist',
    { method: 'GET', path: `${directory}/users/count`, query: new URLSearchParams('status=gone') },
    ['query parameter status/0 must be equal to one of the allowed values'],
  ],
  ['a part of a profile', { method: 'PATCH', path: '/users/712020:a/manage/profile', requestBody: { name: 'A' } }, []],
  [
    'a read-only field of a profile',
    { method: 'PATCH', path: '/users/712020:a/manage/profile', requestBody: { account_status: 'active' } },
    ['request body must NOT have additional properties', 'request body has the undeclared property account_status'],
  ],
  ['a disabling without its body', { path: '/users/a/manage/lifecycle/disable' }, ['the body is missing']],
  [
    'a permission check',
    { path: '/rest/api/3/permissions/check', requestBody: { globalPermissions: ['ADMINISTER'] } },
    [],
  ],
  [
    'operations of the current user',
    { method: 'GET', path: '/wiki/rest/api/user/current', query: new URLSearchParams('expand=operations') },
    [],
  ],
  ['a host path of no document', { path: '/scim/directory/d/Users' }, ['the path belongs to no API document']],
];

const user = { accountId: 'a', status: 'active', managementSource: null };
const answers: readonly (readonly [string, Partial<ContractExchange>, string[]])[] = [
  ['a user that nobody manages', { path: `${directory}/users/search`, responseBody: { data: [user] } }, []],
  [
    'a user without a valid status',
    { path: `${directory}/users/search`, responseBody: { data: [{ ...user, status: 'gone' }] } },
    ['response body/data/0/status must be equal to one of the allowed values'],
  ],
  [
    'a page without data',
    { path: `${directory}/groups/search`, responseBody: { links: {} } },
    ["response body must have required property 'data'"],
  ],
  [
    'a status that is not declared',
    { path: `${directory}/groups/search`, status: 409, responseBody: {} },
    ['status 409 is not declared'],
  ],
  [
    'a body after creating a group',
    { path: `${directory}/groups`, status: 201, responseBody: { id: 'g' } },
    ['a body is sent, the document declares none'],
  ],
  ['a conflict on restoring', { path: `${directory}/users/u/restore`, status: 409 }, []],
  [
    'a violated constraint without its fields',
    {
      method: 'PATCH',
      path: '/users/a/manage/profile',
      status: 400,
      responseBody: { key: 'something' },
    },
    [
      'response body/key must be equal to one of the allowed values',
      "response body must have required property 'context'",
      'response body must match exactly one schema in oneOf',
    ],
  ],
];

open.describe(`A request or answer is checked against ${open.title}`, () => {
  it.each(requests)('request: %s', (_, exchange, violations) => {
    expect(open.contract?.checkRequest({ method: 'POST', path: '', status: 200, ...exchange })).toEqual(violations);
  });

  it.each(answers)('answer: %s', (_, exchange, violations) => {
    expect(open.contract?.checkResponse({ method: 'POST', path: '', status: 200, ...exchange })).toEqual(violations);
  });

  it('traffic is checked as a whole: answers that a fault replaced are left out, their requests are not', () => {
    const path = `${directory}/users/search`;
    const broken = { method: 'POST', path, body: { limit: 0 }, status: 502, responseBody: 'Bad gateway' };
    expect(open.contract?.checkTraffic([{ ...broken, fault: 'status' }])).toEqual([
      `POST ${path} 502: request body/limit must be >= 1`,
    ]);
    expect(open.contract?.checkTraffic([broken])).toEqual([
      `POST ${path} 502: request body/limit must be >= 1`,
      `POST ${path} 502: status 502 is not declared`,
    ]);
  });
});

open.describe(`Each correction of ${open.title} is needed`, () => {
  it.each(corrections.map((each) => [each.reason, each] as const))('%s', (_, correction) => {
    const published = loadDocument(contractFolder(), correction.document);
    const corrected = structuredClone(published);
    correction.edit(corrected);
    expect(corrected).not.toEqual(published);
  });

  it('and all of them fit together', () => {
    for (const name of ['organization', 'user-management', 'jira', 'confluence-v1'] as const)
      expect(Object.keys(correctDocument(loadDocument(contractFolder(), name), name))).toContain('paths');
  });
});
