import { computeUndoable } from '../../../static/admin/src/run/undoable';
import { makePlanRows, updates } from './plan-rows';

describe('what an undo says before', () => {
  it('names what is put back and what stays, by what the run has done', () => {
    expect(computeUndoable(makePlanRows('done'))).toEqual({
      back: [
        '1 account that it deactivated is reactivated.',
        '2 memberships that it removed are put back.',
        '3 memberships that it added are taken back.',
      ],
      stays: [
        '1 invitation: the accounts stay.',
        '1 created group: Atlassian keeps it.',
        '1 linked account: release it one by one.',
      ],
      taken: 3,
    });
  });

  it('says that addresses that go back sign people out once more', () => {
    expect(computeUndoable(makePlanRows('done', updates)).back.slice(3)).toEqual([
      '1 profile that it changed is changed back.',
      '1 e-mail address that it changed is changed back: Atlassian signs this person out everywhere once more.',
    ]);
  });

  it('has nothing to put back where nothing was done', () => {
    expect(computeUndoable(makePlanRows('refused'))).toEqual({ back: [], stays: [], taken: 0 });
  });
});
