import assert from 'node:assert/strict';
import { isOrgCode22, isUscc18, usccCheckCharacter } from '../../../server/contract/index.ts';
import { createRandom } from '../../support/random.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('the codes of facilities', () => {
  it('[FA3] knows real unified social credit codes', () => {
    // As a university and companies publish theirs.
    for (const code of ['12100000400000624D', '91330100799655058B', '9144030071526726XG', '91440300708461136T'])
      assert.equal(usccCheckCharacter(code.slice(0, 17)), code.charAt(17), code);
  });

  it('[FA3] finds every wrong character of a unified social credit code, and every swapped pair: seeded', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createRandom(seed);
      const characters = [...ALPHABET];
      const letters = (count: number) => Array.from({ length: count }, () => random.pick(characters)).join('');
      const digits = Array.from({ length: 6 }, () => random.below(10)).join('');
      const first = `${letters(2)}${digits}${letters(9)}`;
      const code = first + usccCheckCharacter(first);
      assert.ok(isUscc18(code), `seed ${seed}: ${code}`);
      const place = random.below(18);
      const other = random.pick(characters.filter((one) => one !== code.charAt(place)));
      assert.ok(!isUscc18(code.slice(0, place) + other + code.slice(place + 1)), `seed ${seed}`);
      const at = random.below(17);
      const [one, two] = [code.charAt(at), code.charAt(at + 1)];
      if (one !== two) assert.ok(!isUscc18(code.slice(0, at) + two + one + code.slice(at + 2)), `seed ${seed} swapped`);
    }
    for (const wrong of ['', '91330100799655058', '91330100799655058b', '9133010079965505OB'])
      assert.ok(!isUscc18(wrong));
  });

  it('[FA3] takes an institution code of 22 characters by the shape of its parts', () => {
    const parts = { organisation: '12345678X', region: '230125', economy: '11', category: 'A100', management: '1' };
    const code = (changes: Partial<typeof parts> = {}) => Object.values({ ...parts, ...changes }).join('');
    assert.ok(isOrgCode22(code()));
    for (const wrong of [
      code({ organisation: '12345678' }),
      code({ organisation: '12345678Y' }),
      code({ region: '030125' }),
      code({ category: '1100' }),
      code({ management: 'A' }),
      `${code()}0`,
      '',
    ])
      assert.ok(!isOrgCode22(wrong), wrong);
  });
});
