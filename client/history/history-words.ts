import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';

export type HistoryArea = 'facility' | 'agreement' | 'alliance' | 'person' | 'machine';

/** Where the values of a field that takes one of a closed list are named. */
const CLOSED: Record<string, string> = {
  role: 'terms:role',
  tier: 'terms:tier',
  status: 'administration:facility.statuses',
  kind: 'administration:alliance.kinds',
  side: 'administration:agreement',
  category: 'accounts:licence.categories',
  isActive: 'administration:history.isActive',
};
const LEVELS = ['none', 'one', 'two', 'three'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** Of one field. Of a list `gone` and `come` stand in the place of the rest; empty: none. */
export interface Difference {
  was?: string;
  became?: string;
  gone?: string;
  come?: string;
}

export type HistoryWords = ReturnType<typeof useHistoryWords>;

/** What the audit chain says of an object, as people read it. What has no words is shown as it is: the record hides nothing. */
export function useHistoryWords(area: HistoryArea) {
  const t = useTexts();
  const formats = useFormats();
  const { i18n } = useTranslation();
  const find = (key: string): string | undefined => {
    const [space = '', ...path] = key.split(':');
    const text: unknown = i18n.getResource(i18n.language, space, path.join(':'));
    return typeof text === 'string' ? text : undefined;
  };
  const nothing = t('administration:history.nothing');

  function label(field: string): string {
    const keys = [`administration:history.${area}.${field}`, `administration:history.fields.${field}`];
    for (const key of [...keys, `administration:${area}.${field}`]) {
      const text = find(key);
      if (text !== undefined) return text;
    }
    return field;
  }

  function value(field: string, one: unknown): string {
    if (one === null || one === undefined || one === '' || (Array.isArray(one) && one.length === 0)) return nothing;
    if (Array.isArray(one)) return one.map((part) => partOf(field, part)).join(t('administration:history.listed'));
    if (field === 'liabilityText') return t('administration:history.characters', { count: Number(one) });
    if (field === 'level') return find(`administration:facility.levels.${LEVELS[Number(one)]}`) ?? String(one);
    if (field === 'grade')
      return find(`${area === 'person' ? 'accounts:licence' : 'administration:facility'}.grades.${one}`) ?? String(one);
    const named = field in CLOSED ? find(`${CLOSED[field]}.${String(one)}`) : undefined;
    if (named !== undefined) return named;
    if (typeof one === 'object') return partOf(field, one);
    const text = String(one);
    if (DAY.test(text)) return formats.day(text);
    return INSTANT.test(text) ? formats.moment(text) : text;
  }

  /** One of a list, or of what has several fields. */
  function partOf(field: string, part: unknown): string {
    if (typeof part !== 'object' || part === null)
      return (field === 'scopes' && find(`machines:scopeShort.${String(part).replace(':', '-')}`)) || String(part);
    const { name, facilityId, kind, ...others } = part as Record<string, unknown>;
    const head =
      name ?? facilityId ?? (kind === undefined ? undefined : (find(`terms:caseKind.${String(kind)}`) ?? kind));
    const rest = Object.entries(others)
      .filter(([key, one]) => one !== null && one !== false && key !== 'sha256')
      .map(([key, one]) => (one === true ? label(key) : `${label(key)} ${value(key, one)}`));
    if (head === undefined) return rest.join(t('administration:history.joined'));
    if (rest.length === 0) return String(head);
    return t('administration:history.bracketed', {
      head: String(head),
      rest: rest.join(t('administration:history.joined')),
    });
  }

  /** What a field was (undefined: nothing) and what it became; of a list what went and what came. */
  function difference(field: string, before: unknown, after: unknown): Difference {
    const isEmpty =
      before === null || before === undefined || before === '' || (Array.isArray(before) && before.length === 0);
    const whole = { ...(!isEmpty && { was: value(field, before) }), became: value(field, after) };
    if (!Array.isArray(before) || !Array.isArray(after)) return whole;
    const [was, became] = [before, after].map((all) => all.map((part) => partOf(field, part)));
    const only = (some: string[] = [], others: string[] = []) => some.filter((one) => !others.includes(one));
    const [gone, come] = [only(was, became), only(became, was)];
    // The same things in another order.
    if (gone.length + come.length === 0) return whole;
    const listed = t('administration:history.listed');
    return { gone: gone.join(listed), come: come.join(listed) };
  }

  const act = (action: string) => find(`audit:actions.${action.replace(':', '-')}`) ?? action;
  return { act, label, value, difference };
}
