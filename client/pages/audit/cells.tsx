import { useTexts } from '../../i18n/use-texts.ts';
import type { AuditFilter } from './filter.tsx';
import { useWords } from './words.ts';

export function Actor({
  entry,
  filter,
}: {
  entry: { actorId: string | null; actorName: string; detail?: Record<string, unknown> };
  filter: AuditFilter;
}) {
  const words = useWords();
  const { actorId } = entry;
  if (actorId === null) return words.actor(entry);
  return (
    <button type="button" className="audit-narrow" onClick={() => filter.byActor(actorId)}>
      {words.actor(entry)}
    </button>
  );
}

export function CaseNumber({
  entry,
  filter,
}: {
  entry: { consultationId: string | null; caseNumber: string | null };
  filter: AuditFilter;
}) {
  const t = useTexts();
  const { consultationId } = entry;
  if (consultationId === null) return t('audit:noCase');
  const caseNumber = entry.caseNumber ?? consultationId.slice(0, 8);
  return (
    <button type="button" className="audit-narrow numbers" onClick={() => filter.byCase(consultationId, caseNumber)}>
      {caseNumber}
    </button>
  );
}
