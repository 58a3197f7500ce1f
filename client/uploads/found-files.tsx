import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { WarningIcon } from '../ui/icons.tsx';
import type { FoundGroup } from './grouping.ts';
import type { FileLabel } from './job.ts';
import { KindMark } from './kind-mark.tsx';
import { kindOfLabel } from './names.ts';
import { SendTick } from './send-tick.tsx';
import { FILES_CONFIRMED, type Sending } from './use-sending.ts';

/** Slides or documents that are files by themselves. Nothing in them names a patient for us: the person says whose they are. */
export function FoundFiles({
  form,
  files,
  patientName,
  sending,
}: {
  form: FileLabel['form'];
  files: FoundGroup<FileLabel>[];
  patientName: string;
  sending: Sending;
}) {
  const t = useTexts();
  const formats = useFormats();
  const confirmKey = FILES_CONFIRMED[form];
  const texts = form === 'slide-file' ? 'uploads:slides' : 'uploads:documents';
  const hasPhotographs = files.some(({ label }) => label.form === 'document-file' && label.pageCount === null);
  return (
    <article
      className="found-study"
      data-testid={form === 'slide-file' ? 'upload-slide-files' : 'upload-document-files'}
    >
      <h4>{t(`${texts}.title`)}</h4>
      <div className="patient-check" data-verdict="unknown">
        <p className="patient-check-lead">
          <WarningIcon />
          {t(`${texts}.unnamed`)}
        </p>
        <label className="upload-tick">
          <input
            type="checkbox"
            checked={sending.isConfirmed(confirmKey)}
            data-testid={form === 'slide-file' ? 'upload-slides-same-patient' : 'upload-documents-same-patient'}
            onChange={(event) => sending.confirm(confirmKey, event.currentTarget.checked)}
          />
          {patientName ? t(`${texts}.confirm`, { name: patientName }) : t(`${texts}.confirmUnnamed`)}
        </label>
      </div>
      <table className="found-table">
        <thead>
          <tr>
            <th scope="col" className="found-send">
              {t('uploads:found.columns.send')}
            </th>
            <th scope="col" className="found-kind">
              {t('uploads:found.columns.kind')}
            </th>
            <th scope="col">{t('uploads:slides.file')}</th>
            {form === 'document-file' && (
              <th scope="col" className="found-number">
                {t('uploads:found.columns.count')}
              </th>
            )}
            <th scope="col" className="found-number">
              {t('uploads:found.columns.size')}
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ key, label, sizeBytes }) => (
            <tr key={key} data-sent={sending.isSent(key)}>
              <td>
                <SendTick name={label.fileName} sent={sending.isSent(key)} onSend={(send) => sending.send(key, send)} />
              </td>
              <td>
                <KindMark kind={kindOfLabel(label)} />
              </td>
              <td>{label.fileName}</td>
              {label.form === 'document-file' && (
                <td className="found-number numbers">
                  {label.pageCount === null
                    ? t('terms:documentType.photograph')
                    : t('terms:pageCount', { count: label.pageCount })}
                </td>
              )}
              <td className="found-number numbers">{formats.bytes(sizeBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasPhotographs && (
        <p className="upload-quiet" data-testid="upload-stripped">
          {t('uploads:documents.stripped')}
        </p>
      )}
    </article>
  );
}
