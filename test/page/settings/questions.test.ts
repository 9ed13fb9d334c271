import { answer, describeUnanswered, nothingTyped, questionOf } from '../../../static/admin/src/settings/questions';

// Like an `AppError`, which only a page with a bridge can make.
const refusal = (field: string | undefined) => Object.assign(new Error('Refused.'), { field });

describe('what the app asks for', () => {
  it.each(['clientSecret', 'confirmation', 'rebind'])('is asked when it refuses with %s', (field) => {
    expect(questionOf(refusal(field))).toBe(field);
  });

  it.each([
    ['another field', refusal('keycloak.url')],
    ['no field', refusal(undefined)],
    ['another error', new Error('Broken.')],
  ])('is nothing where there is %s', (_, error) => {
    expect(questionOf(error)).toBeUndefined();
  });
});

describe('what was typed', () => {
  it('is sent, and what nobody filled in is left out', () => {
    expect(answer({ ...nothingTyped, clientSecret: '  ' })).toEqual({});
    expect(answer({ clientSecret: 'canary', confirmation: 'remove', rebind: true })).toEqual({
      clientSecret: 'canary',
      confirmation: 'remove',
      rebind: true,
    });
  });

  it('has to answer everything that was asked, and nothing else', () => {
    expect(describeUnanswered([], nothingTyped)).toBeUndefined();
    expect(describeUnanswered(['confirmation'], { ...nothingTyped, confirmation: 'Remove' })).toMatch(/remove/);
    expect(describeUnanswered(['confirmation'], { ...nothingTyped, confirmation: ' remove ' })).toBeUndefined();
    expect(describeUnanswered(['rebind', 'clientSecret'], { ...nothingTyped, rebind: true })).toMatch(/secret/);
    expect(describeUnanswered(['clientSecret'], { ...nothingTyped, clientSecret: 'x' })).toBeUndefined();
  });
});
