import { Fragment } from 'react';
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
      <DetailLines detail={entry.detail} />
      <dt>{t('audit:hash')}</dt>
      <dd>
        <code>{entry.hash}</code>
      </dd>
    </dl>
  );
}

/** Inside of a list of terms. */
export function DetailLines({ detail }: { detail: AuditEntryView['detail'] }) {
  return Object.entries(detail).map(([name, value]) => (
    <Fragment key={name}>
      <dt>{name}</dt>
      <dd>
        <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
      </dd>
    </Fragment>
  ));
}
