import assert from 'node:assert/strict';
import { mergeDrafts } from '../../../client/drafts/merge.ts';

describe('merging two changes of one draft', () => {
  it('names the field, not the whole, where both changed it', () => {
    const base = { patient: { name: 'a', phone: '1' }, list: [1] };
    const { merged, conflicts } = mergeDrafts(
      base,
      { patient: { name: 'b', phone: '1' }, list: [1, 2] },
      { patient: { name: 'c', phone: '2' }, list: [1, 3] },
    );
    assert.deepEqual(conflicts, ['patient.name', 'list']);
    assert.deepEqual(merged, { patient: { name: 'c', phone: '2' }, list: [1, 3] });
  });

  it('one and the same change on both sides is no conflict', () => {
    const { conflicts } = mergeDrafts<{ sex: string | null }>({ sex: null }, { sex: 'male' }, { sex: 'male' });
    assert.deepEqual(conflicts, []);
  });
});
