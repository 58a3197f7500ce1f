import assert from 'node:assert/strict';
import { createLru } from '../../../server/formats/lru.ts';

describe('what was used last is kept', () => {
  it('lets go what was used longest ago, and tells', () => {
    const gone: string[] = [];
    const lru = createLru<string>({ limit: 2, onEvict: (value, key) => gone.push(`${key}=${value}`) });
    lru.set('a', '1');
    lru.set('b', '2');
    assert.equal(lru.get('a'), '1');
    lru.set('c', '3');
    assert.deepEqual(gone, ['b=2']);
    lru.set('a', '4');
    lru.delete('c');
    assert.deepEqual([...lru.values()], ['4']);
    assert.deepEqual(gone, ['b=2'], 'what was replaced or deleted had not to go');
  });

  it('counts by size where told how, and keeps one that is larger than all may be', () => {
    const lru = createLru<number>({ limit: 10, sizeOf: (value) => value });
    for (const size of [4, 5, 3]) lru.set(String(size), size);
    assert.deepEqual([...lru.values()], [5, 3]);
    lru.set('99', 99);
    assert.deepEqual([...lru.values()], [99]);
    lru.clear();
    lru.set('10', 10);
    lru.set('0', 0);
    assert.deepEqual([...lru.values()], [10, 0]);
  });
});
