import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { WarningIcon } from '../ui/icons.tsx';
import type { FoundGroup } from './grouping.ts';
import type { SlideFileLabel } from './job.ts';
import { KindMark } from './kind-mark.tsx';
import { SendTick } from './send-tick.tsx';
import { type Sending, SLIDE_FILES } from './use-sending.ts';

/** Slides that are files by themselves. Nothing in them names a patient: the person says whose they are. */
export function FoundSlideFiles({
  slides,
  patientName,
  sending,
}: {
  slides: FoundGroup<SlideFileLabel>[];
  patientName: string;
  sending: Sending;
}) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <article className="found-study" data-testid="upload-slide-files">
      <h4>{t('uploads:slides.title')}</h4>
      <div className="patient-check" data-verdict="unknown">
        <p className="patient-check-lead">
          <WarningIcon />
          {t('uploads:slides.unnamed')}
        </p>
        <label className="upload-tick">
          <input
            type="checkbox"
            checked={sending.isConfirmed(SLIDE_FILES)}
            data-testid="upload-slides-same-patient"
            onChange={(event) => sending.confirm(SLIDE_FILES, event.currentTarget.checked)}
          />
          {patientName ? t('uploads:slides.confirm', { name: patientName }) : t('uploads:slides.confirmUnnamed')}
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
            <th scope="col" className="found-number">
              {t('uploads:found.columns.size')}
            </th>
          </tr>
        </thead>
        <tbody>
          {slides.map(({ key, label: { fileName }, sizeBytes }) => (
            <tr key={key} data-sent={sending.isSent(key)}>
              <td>
                <SendTick name={fileName} sent={sending.isSent(key)} onSend={(send) => sending.send(key, send)} />
              </td>
              <td>
                <KindMark kind="pathology" />
              </td>
              <td>{fileName}</td>
              <td className="found-number numbers">{formats.bytes(sizeBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
