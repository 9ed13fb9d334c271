import { describeKeyExpiry } from '../../src/domain/key-expiry';

const expiresOn = '2027-05-31';

it.each([
  ['31 days before: nothing yet', '2027-04-30T23:59:59Z', 'fine', undefined],
  ['30 days before', '2027-05-01T00:00:00Z', 'warning', 30],
  ['15 days before', '2027-05-16T12:00:00Z', 'warning', 30],
  ['14 days before', '2027-05-17T12:00:00Z', 'warning', 14],
  ['7 days before', '2027-05-24T12:00:00Z', 'warning', 7],
  ['the day before', '2027-05-30T12:00:00Z', 'warning', 1],
  ['the day itself', '2027-05-31T23:59:59Z', 'warning', 1],
  ['the day after', '2027-06-01T00:00:00Z', 'expired', undefined],
])('%s', (_name, now, state, within) => {
  const expiry = describeKeyExpiry(expiresOn, Date.parse(now));
  expect([expiry.state, expiry.within]).toEqual([state, within]);
});

it.each([undefined, '', '31.05.2027', '2027-02-30', '2027-13-01'])('a date like %s is unknown', (date) => {
  expect(describeKeyExpiry(date, 0).state).toBe('unknown');
});

it('says when and what to do', () => {
  expect(describeKeyExpiry(expiresOn, Date.parse('2027-05-24T12:00:00Z')).message).toBe(
    'The key expires in 7 days, on 2027-05-31. Create a new key in Atlassian Administration and save it here.',
  );
});
