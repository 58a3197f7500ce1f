import assert from 'node:assert/strict';
import { caseNumber, caseSeries, checkCharacter } from '../../../server/cases/case-number.ts';
import { createRandom } from '../../support/random.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

describe('a case number', () => {
  it('[CO1] has the check character of ISO 7064 MOD 37,36', () => {
    // The example of the Global Release Identifier standard, which uses the same system.
    assert.equal(checkCharacter('A12425GABC1234002'), 'M');
  });

  it('[CO1] carries the region, the day in China and five digits', () => {
    const justAfterMidnightInChina = new Date('2026-01-01T16:00:00Z');
    const number = caseNumber('230125', justAfterMidnightInChina, 42);
    assert.match(number, /^HZ-230125-20260102-00042[0-9A-Z]$/);
    assert.equal(caseSeries('230125', justAfterMidnightInChina), '230125/20260102');
    assert.equal(caseSeries('230125', new Date('2026-01-01T15:59:59Z')), '230125/20260101');
  });

  it('[CO1] betrays every single wrong character and every two neighbours that were swapped, but 1 in 36', () => {
    const random = createRandom(20260102);
    let swaps = 0;
    let missed = 0;
    for (let count = 0; count < 400; count += 1) {
      const text = Array.from({ length: 21 }, () => random.pick([...ALPHABET])).join('');
      const check = checkCharacter(text);
      const place = random.below(20);
      const wrong = ALPHABET[(ALPHABET.indexOf(text.charAt(place)) + 1 + random.below(35)) % 36];
      assert.notEqual(checkCharacter(text.slice(0, place) + wrong + text.slice(place + 1)), check);
      if (text[place] === text[place + 1]) continue;
      swaps += 1;
      const swapped = text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2);
      if (checkCharacter(swapped) === check) missed += 1;
    }
    assert.ok(missed <= swaps / 36, `${missed} of ${swaps} swaps were missed`);
  });
});
