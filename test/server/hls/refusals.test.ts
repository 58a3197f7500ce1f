import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Refusals } from '../../../server/hls/refusals.ts';
import { eventually } from '../../support/eventually.ts';

describe('what is logged of refused pieces of HLS', () => {
  it('is one line for each demonstration and minute, with how many there were', async () => {
    const lines: Record<string, unknown>[] = [];
    const refusals = new Refusals({ warn: (line: Record<string, unknown>) => void lines.push(line) }, 30);
    const [one, other] = [randomUUID(), randomUUID()];
    for (let count = 0; count < 300; count += 1) assert.ok(refusals.count(one, 'forbidden'));
    assert.ok(refusals.count(other, 'not-found'));
    assert.deepEqual(lines, [], 'not each by itself');
    await eventually('they are told', () => lines.length >= 2);
    assert.deepEqual(lines, [
      { demonstrationId: one, count: 300, withinMs: 30 },
      { demonstrationId: other, count: 1, withinMs: 30 },
    ]);
    assert.ok(refusals.count(one, 'conflict'));
    await eventually('and the next ones again', () => lines.length === 3);
  });

  it('leaves to the log as it is what is no refusal, and what is of no demonstration', () => {
    const refusals = new Refusals({ warn: () => assert.fail('nothing to be told') }, 1);
    assert.equal(refusals.count(randomUUID(), 'internal'), false);
    assert.equal(refusals.count(undefined, 'forbidden'), false);
  });
});
