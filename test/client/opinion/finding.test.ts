import assert from 'node:assert/strict';
import { withSentence } from '../../../client/opinion/insert-finding.ts';

describe('a measurement put into the findings', () => {
  it('stands on a line of its own after what was written, and never pushes anything of it out', () => {
    assert.equal(withSentence('', '长度 12.3 mm。'), '长度 12.3 mm。');
    assert.equal(withSentence('右上肺结节。', '长度 12.3 mm。'), '右上肺结节。\n长度 12.3 mm。');
    assert.equal(withSentence('右上肺结节。\n', '长度 12.3 mm。'), '右上肺结节。\n长度 12.3 mm。');
    const full = '所'.repeat(19_999);
    assert.equal(withSentence(full, '长度 12.3 mm。'), full);
  });
});
