import { describeMissingRight } from '../../static/admin/src/access';

const withKey = { configured: true, hasKey: true };

describe('why somebody cannot write', () => {
  it('an organization administrator can', () => {
    expect(describeMissingRight({ productAdmin: true, organizationAdmin: true }, withKey)).toBeUndefined();
  });

  it('a product administrator needs an organization administrator', () => {
    expect(describeMissingRight({ productAdmin: true, organizationAdmin: false }, withKey)).toBe(
      'This needs an organization administrator.',
    );
  });

  it('without a key nobody can be seen as one, so the directory comes first', () => {
    expect(
      describeMissingRight({ productAdmin: true, organizationAdmin: false }, { configured: false, hasKey: false }),
    ).toMatch(/^Set up the Atlassian directory first/);
  });

  it('nothing is allowed while the rights are unknown', () => {
    expect(describeMissingRight(undefined, withKey)).toBeDefined();
    expect(describeMissingRight({ productAdmin: true, organizationAdmin: true }, undefined)).toBeDefined();
  });
});
