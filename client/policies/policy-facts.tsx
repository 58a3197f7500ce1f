import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** One field of a policy or an office, named and valued as people read it. */
export function usePolicyWords(bounds: { idleMinutes: number; hours: number }) {
  const t = useTexts();
  const formats = useFormats();
  const label = (field: string): string => {
    if (field.startsWith('required.'))
      return t('policies:fields.required', { role: t(`terms:role.${field.slice('required.'.length)}` as never) });
    return t(`policies:fields.${field}` as never);
  };
  const value = (field: string, one: unknown): string => {
    if (field === 'noneRequired') return t('policies:values.none');
    if (field === 'role') return t(`terms:role.${String(one)}` as never);
    if (field === 'isActive') return t(`policies:values.${one ? 'active' : 'disabled'}`);
    if (field.startsWith('required.'))
      return one === null
        ? t('policies:values.optional')
        : t('policies:values.from', { day: formats.day(String(one)) });
    const count = Number(one);
    switch (field) {
      case 'signingMinutes':
        return one === null ? t('secondFactor:policy.signingNever') : t('policies:values.minutes', { count });
      case 'idleMinutes':
        return one === null
          ? t('policies:values.serverMinutes', { count: bounds.idleMinutes })
          : t('policies:values.minutes', { count });
      case 'hours':
        return one === null
          ? t('policies:values.serverHours', { count: bounds.hours })
          : t('policies:values.hours', { count });
      case 'minLength':
        return t('policies:values.characters', { count });
      default:
        return t('policies:values.times', { count });
    }
  };
  return { label, value };
}

export type PolicyWords = ReturnType<typeof usePolicyWords>;

/** What holds now. */
export function PolicyFacts({ words, facts }: { words: PolicyWords; facts: Record<string, unknown> }) {
  return (
    <dl className="policy-facts">
      {Object.entries(facts).map(([field, value]) => (
        <div key={field}>
          <dt>{words.label(field)}</dt>
          <dd className="numbers">{words.value(field, value)}</dd>
        </div>
      ))}
    </dl>
  );
}
