import { useSearchParams } from 'react-router';
import { useTexts } from '../../i18n/use-texts.ts';

/** Which entries to show. It stands in the address, so that a view of the record can be bookmarked; names do not, only identifiers and the case number. */
export interface AuditFilter {
  consultationId: string | undefined;
  caseNumber: string | undefined;
  actorId: string | undefined;
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
    byCase: (consultationId, caseNumber) => change({ case: consultationId, number: caseNumber }),
    byActor: (actorId) => change({ actor: actorId }),
    clear: (part) => change(part === 'case' ? { case: undefined, number: undefined } : { actor: undefined }),
  };
}

/** The identifiers as a query of the contract takes them. */
export function filterQuery({ consultationId, actorId }: AuditFilter) {
  return { ...(consultationId && { consultationId }), ...(actorId && { actorId }) };
}

export function FilterBar({ filter, actorName }: { filter: AuditFilter; actorName?: string | undefined }) {
  const t = useTexts();
  if (!filter.consultationId && !filter.actorId) return <p className="audit-filter">{t('audit:filterHint')}</p>;
  return (
    <p className="audit-filter">
      {t('audit:filterBy')}
      {filter.consultationId && (
        <Chip
          text={t('audit:filterCase', { caseNumber: filter.caseNumber ?? filter.consultationId })}
          onClear={() => filter.clear('case')}
        />
      )}
      {filter.actorId && (
        <Chip text={t('audit:filterActor', { name: actorName ?? '' })} onClear={() => filter.clear('actor')} />
      )}
    </p>
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
