/** PS3.5 section 6.2.1.1: the three component groups of a PN value, as stored (`family^given^middle^prefix^suffix`). */
export interface PersonNameGroups {
  alphabetic: string;
  ideographic: string;
  phonetic: string;
}

export function personNameGroups(value: string): PersonNameGroups {
  const [alphabetic = '', ideographic = '', phonetic = ''] = value
    .split('=')
    .map((group) => group.replace(/[\s^]+$/, ''));
  return { alphabetic: alphabetic.trimStart(), ideographic: ideographic.trimStart(), phonetic: phonetic.trimStart() };
}

const EAST_ASIAN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\ud840-\ud88f]/;

/**
 * A name for people to read: the ideographic group where there is one; Chinese, Japanese and Korean names without any sign
 * between family and given name (`欧阳^㐂` → `欧阳㐂`), others as `Family, Given Middle`. Empty stays empty.
 */
export function formatPersonName(value: string): string {
  const { alphabetic, ideographic, phonetic } = personNameGroups(value);
  const group = ideographic || alphabetic || phonetic;
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group.split('^').map((part) => part.trim());
  if (EAST_ASIAN.test(group)) return [family, given, middle].join('') + (suffix === '' ? '' : ` ${suffix}`);
  const own = [given, middle].filter((part) => part !== '').join(' ');
  const name = [family, own].filter((part) => part !== '').join(', ');
  return [name, prefix, suffix].filter((part) => part !== '').join(', ');
}

/** A stored name without what says nothing: padding, and empty components and groups at the end (PS3.5 section 6.2.1). */
export function namedAs(value: string): string {
  const { alphabetic, ideographic, phonetic } = personNameGroups(value);
  return [alphabetic, ideographic, phonetic].join('=').replace(/=+$/, '');
}
