import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useTexts } from '../../i18n/use-texts.ts';

/** Which entries to show. It stands in the address, so that a view of the record can be bookmarked; names do not, only identifiers and the case number. */
export interface AuditFilter {
  consultationId: string | undefined;
  caseNumber: string | undefined;
  actorId: string | undefined;
  fromDay: string | undefined;
  toDay: string | undefined;
  between: (days: { from?: string | undefined; to?: string | undefined }) => void;
  byCase: (consultationId: string, caseNumber: string) => void;
  byActor: (actorId: string) => void;
  clear: (part: 'case' | 'actor') => void;
}

export function useAuditFilter(): AuditFilter {
  const [search, setSearch] = useSearchParams();
  const change = (values: Record<string, string | undefined>) =>
    setSearch((old) => {
      for (const [key, value] of Object.entries(values)) {
        if (value === undefined) old.delete(key);
        else old.set(key, value);
      }
      return old;
    });
  return {
    consultationId: search.get('case') ?? undefined,
    caseNumber: search.get('number') ?? undefined,
    actorId: search.get('actor') ?? undefined,
    fromDay: search.get('from') ?? undefined,
    toDay: search.get('to') ?? undefined,
    between: change,
    byCase: (consultationId, caseNumber) => change({ case: consultationId, number: caseNumber }),
    byActor: (actorId) => change({ actor: actorId }),
    clear: (part) => change(part === 'case' ? { case: undefined, number: undefined } : { actor: undefined }),
  };
}

/** The filter as a query of the contract takes it. */
export function filterQuery({ consultationId, actorId, fromDay, toDay }: AuditFilter) {
  return {
    ...(consultationId && { consultationId }),
    ...(actorId && { actorId }),
    ...(fromDay && { fromDay }),
    ...(toDay && { toDay }),
  };
}

export function FilterBar({
  filter,
  actorName,
  children,
}: {
  filter: AuditFilter;
  actorName?: string | undefined;
  children?: ReactNode;
}) {
  const t = useTexts();
  return (
    <div className="audit-filter">
      <Day label={t('audit:fromDay')} value={filter.fromDay} onChange={(from) => filter.between({ from })} />
      <Day label={t('audit:toDay')} value={filter.toDay} onChange={(to) => filter.between({ to })} />
      {filter.consultationId || filter.actorId ? t('audit:filterBy') : t('audit:filterHint')}
      {filter.consultationId && (
        <Chip
          text={t('audit:filterCase', { caseNumber: filter.caseNumber ?? filter.consultationId })}
          onClear={() => filter.clear('case')}
        />
      )}
      {filter.actorId && (
        <Chip text={t('audit:filterActor', { name: actorName ?? '' })} onClear={() => filter.clear('actor')} />
      )}
      {children}
    </div>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <label className="audit-day">
      {label}
      <input type="date" value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value || undefined)} />
    </label>
  );
}

function Chip({ text, onClear }: { text: string; onClear: () => void }) {
  const t = useTexts();
  return (
    <button type="button" className="audit-chip" onClick={onClear} title={t('audit:clear')}>
      {text} <span aria-hidden="true">✕</span>
      <span className="visually-hidden">{t('audit:clear')}</span>
    </button>
  );
}
