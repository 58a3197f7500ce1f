/** Every syllable of Hanyu Pinyin, by its initial; `v` stands for ü. */
const FINALS: Record<string, string> = {
  '': 'a ai an ang ao e ei en eng er o ou',
  b: 'a ai an ang ao ei en eng i ian iao ie in ing o u',
  p: 'a ai an ang ao ei en eng i ian iao ie in ing o ou u',
  m: 'a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u',
  f: 'a an ang ei en eng o ou u',
  d: 'a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo',
  t: 'a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo',
  n: 'a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve',
  l: 'a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve',
  g: 'a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo',
  k: 'a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo',
  h: 'a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo',
  j: 'i ia ian iang iao ie in ing iong iu u uan ue un',
  q: 'i ia ian iang iao ie in ing iong iu u uan ue un',
  x: 'i ia ian iang iao ie in ing iong iu u uan ue un',
  zh: 'a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo',
  ch: 'a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo',
  sh: 'a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo',
  r: 'an ang ao e en eng i ong ou u ua uan ui un uo',
  z: 'a ai an ang ao e ei en eng i ong ou u uan ui un uo',
  c: 'a ai an ang ao e en eng i ong ou u uan ui un uo',
  s: 'a ai an ang ao e en eng i ong ou u uan ui un uo',
  y: 'a an ang ao e i in ing o ong ou u uan ue un',
  w: 'a ai an ang ao ei en eng o u',
};

const SYLLABLES = new Set(
  Object.entries(FINALS).flatMap(([initial, finals]) => finals.split(' ').map((final) => initial + final)),
);
const LONGEST = 6;
/** As passports write lü and nü; elsewhere than at the beginning it would take the n of the syllable before. */
const PASSPORT = /^([ln])yu(?=e?$|e?[^aeiouv])/;

/** All ways in which letters are syllables one after the other; none: they are no pinyin. */
export function pinyinParses(letters: string): string[][] {
  const parse = (rest: string): string[][] => {
    if (rest === '') return [[]];
    const found: string[][] = [];
    for (let length = 1; length <= Math.min(LONGEST, rest.length); length += 1) {
      const syllable = rest.slice(0, length);
      if (SYLLABLES.has(syllable)) for (const tail of parse(rest.slice(length))) found.push([syllable, ...tail]);
    }
    return found;
  };
  return parse(letters.replace(PASSPORT, '$1v'));
}

/** Whether letters are syllables that pinyin writes together: inside a word none begins with a, e or o (GB/T 16159: Xi'an). */
export function isRegularPinyin(letters: string): boolean {
  return pinyinParses(letters).some(isRegular);
}

function isRegular([, ...others]: string[]): boolean {
  return others.every((syllable) => !/^[aeo]/.test(syllable));
}

/**
 * The one way in which letters written together are read: xian is one syllable, since Xi'an is written apart.
 * undefined: none, or several.
 */
export function pinyinOf(letters: string): string[] | undefined {
  const parses = pinyinParses(letters);
  const regular = parses.filter(isRegular);
  const fitting = regular.length > 0 ? regular : parses;
  const fewest = Math.min(...fitting.map(({ length }) => length));
  const [only, ...others] = fitting.filter(({ length }) => length === fewest);
  return others.length === 0 ? only : undefined;
}
