import { polyphonic } from 'pinyin-pro';

/** How a Chinese name sounds, for finding it by what is typed on a keyboard without an input method. */
export interface Pinyin {
  /** Whether letters spell it: syllables, initials, or both mixed (`feiyan`, `fy`, `feiy`), from its beginning or further on. */
  match(typed: string): 'beginning' | 'inside' | undefined;
}

/** One letter says too little. */
const MIN_LETTERS = 2;
const INITIAL = /^(zh|ch|sh|[a-z])/;

/** @param name with all readings of each character kept: 血 is xue and xie. */
export function createPinyin(name: string): Pinyin {
  const characters = polyphonic(name, { toneType: 'none', type: 'array' })
    .map((readings) => readings.filter((reading) => /^[a-z]+$/.test(reading)))
    .filter((readings) => readings.length > 0);
  return {
    match(typed) {
      const letters = typed.toLowerCase().replace(/['\s]/g, '').replaceAll('ü', 'v');
      if (letters.length < MIN_LETTERS || !/^[a-z]+$/.test(letters)) return undefined;
      if (spells(characters, 0, letters)) return 'beginning';
      for (let from = 1; from < characters.length; from += 1) if (spells(characters, from, letters)) return 'inside';
      return undefined;
    },
  };
}

/** Whether the letters spell the characters from one on; the last syllable may be begun only. */
function spells(characters: readonly string[][], from: number, letters: string): boolean {
  const readings = characters[from];
  if (!readings) return false;
  return readings.some((reading) => {
    if (reading.startsWith(letters)) return true;
    const initial = INITIAL.exec(reading)?.[0] ?? '';
    return [reading, initial, reading.charAt(0)].some(
      (part) => letters.startsWith(part) && spells(characters, from + 1, letters.slice(part.length)),
    );
  });
}
