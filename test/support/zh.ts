import { createInstance, type i18n, type ParseKeys } from 'i18next';
import { zhCn } from '../../client/i18n/zh-CN.ts';

const texts: i18n = createInstance();
texts.init({
  lng: 'zh-CN',
  resources: { 'zh-CN': zhCn },
  defaultNS: 'common',
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** What a person reads on a Chinese page, by its key: a sentence that is worded better leaves the tests alone. */
export const zh: typeof texts.t = texts.t;

/** The same where a test cannot know all the values that stand in a text: what is open is given as a pattern. */
export function zhPattern(key: ZhKey, values: Record<string, string | number | RegExp> = {}): RegExp {
  const text = String(zh(key, { count: 1, skipInterpolation: true }));
  const pattern = text.split(/\{\{(\w+)\}\}/).map((part, at) => {
    const value = at % 2 === 0 ? part : values[part];
    if (value === undefined) throw new Error(`${key} has no value for ${part}`);
    return value instanceof RegExp ? value.source : `${value}`.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(pattern.join(''));
}

type ZhKey = ParseKeys<['common', ...Exclude<keyof typeof zhCn, 'common'>[]]>;
