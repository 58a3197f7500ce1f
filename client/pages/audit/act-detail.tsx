import type { AuditEntryView } from '../../../server/contract/audit.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { useWords } from './words.ts';

/** Everything that the entry says, as it is chained. */
export function ActDetail({ entry }: { entry: AuditEntryView }) {
  const t = useTexts();
  const words = useWords();
  return (
    <dl className="audit-detail">
      <dt>{t('audit:columns.act')}</dt>
      <dd>
        {words.act(entry.action)} <code>{entry.action}</code>
      </dd>
      <dt>{t('audit:subject')}</dt>
      <dd>
        {words.subject(entry.subjectKind)} <code>{entry.subjectId}</code>
      </dd>
      {Object.entries(entry.detail).map(([key, value]) => (
        <Detail key={key} name={key} value={value} />
      ))}
      <dt>{t('audit:hash')}</dt>
      <dd>
        <code>{entry.hash}</code>
      </dd>
    </dl>
  );
}

function Detail({ name, value }: { name: string; value: unknown }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
      </dd>
    </>
  );
}
