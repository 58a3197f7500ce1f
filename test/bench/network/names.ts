import { type NameKeys, nameKeysOf } from '../../../server/patients/name-keys.ts';
import { belowOf, fractionOf } from './size.ts';

/** The most frequent first; how often each occurs falls as in the register of the Ministry of Public Security: three of them are a fifth. */
const SURNAMES = [
  ...'李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
];
const GIVEN = [
  ...'建国春梅志强丽华秀英桂兰玉珍晓明海燕文军小红永平淑芬金凤子涵雨欣浩然思远佳怡俊杰梓轩欣妍宇航诗琪一诺伟刚勇毅敏静磊洋艳娟涛超霞平辉鹏飞玲红梅',
];
/** Beginnings of which nobody here has a name. */
export const NOBODY = { name: '欧阳', pinyin: 'ouyang' };

export interface Named extends NameKeys {
  name: string;
}

const keysOfPart = new Map<string, NameKeys>();

function partKeys(part: string): NameKeys {
  const known = keysOfPart.get(part) ?? nameKeysOf(part);
  keysOfPart.set(part, known);
  return known;
}

/** What the so-manieth is called, and found by. The keys of a name's parts are made once. */
export function namedAt(index: number): Named {
  const surname = SURNAMES[Math.floor(SURNAMES.length * fractionOf(index, 1) ** 2.2)] ?? '李';
  const second = fractionOf(index, 2) < 0.8 ? GIVEN[belowOf(GIVEN.length, index, 3)] : '';
  const given = `${GIVEN[belowOf(GIVEN.length, index, 4)]}${second}`;
  const [first, last] = [partKeys(surname), partKeys(given)];
  return {
    name: surname + given,
    nameKey: first.nameKey + last.nameKey,
    pinyin: first.pinyin + last.pinyin,
    initials: first.initials + last.initials,
  };
}
