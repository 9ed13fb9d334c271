import { describeMark, isSameMark, parseMark } from '../../src/domain/group-mark';
import { connectorId, sourceGroupId } from '../../src/domain/identity';

const mark = {
  connectorId: connectorId('8d1f0a5e-7c11-4a53-9f0e-111111111111'),
  sourceGroupId: sourceGroupId('2b7c9d10-3d22-4b64-8a1f-222222222222'),
};

it('is one line that names connector and Keycloak group', () => {
  expect(describeMark(mark)).toBe(
    'Managed by User & Group Sync (connector 8d1f0a5e-7c11-4a53-9f0e-111111111111, Keycloak group 2b7c9d10-3d22-4b64-8a1f-222222222222)',
  );
});

it.each([
  ['alone', describeMark(mark)],
  ['with words of people around it', `Wiki writers. ${describeMark(mark)} Ask Ada.`],
  ['on a line of its own', `Wiki writers\n${describeMark(mark)}\n`],
])('is found %s', (_name, description) => {
  expect(parseMark(description)).toEqual(mark);
});

it.each([
  ['an empty description', ''],
  ['another app', 'Managed by Directory Sync (connector a, Keycloak group b)'],
  ['a mark without its end', 'Managed by User & Group Sync (connector a, Keycloak group b'],
  ['a mark without group', 'Managed by User & Group Sync (connector a)'],
])('is not found in %s', (_name, description) => {
  expect(parseMark(description)).toBeUndefined();
});

it('differs by connector and by group', () => {
  const same = [
    mark,
    { ...mark, connectorId: connectorId('other') },
    { ...mark, sourceGroupId: sourceGroupId('other') },
    undefined,
  ].map((each) => isSameMark(each, mark));
  expect(same).toEqual([true, false, false, false]);
});
