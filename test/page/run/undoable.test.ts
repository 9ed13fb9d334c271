import { computeUndoable } from '../../../static/admin/src/run/undoable';
import { makePlanRows } from './plan-rows';

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

  it('has nothing to put back where nothing was done', () => {
    expect(computeUndoable(makePlanRows('refused'))).toEqual({ back: [], stays: [], taken: 0 });
  });
});
