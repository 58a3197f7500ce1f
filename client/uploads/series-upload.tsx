import { useState } from 'react';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { DoneIcon } from './icons.tsx';
import { seriesName } from './names.ts';
import type { FileProgress, SeriesProgress } from './progress.ts';
import { ProgressBar } from './progress-bar.tsx';

/** One series' uploads; its files on demand, and by themselves those that need attention. */
export function SeriesUpload({ series }: { series: SeriesProgress }) {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const name = seriesName(t, series.label);
  const isDone = series.storedCount === series.fileCount;
  const troubled = series.files.filter(({ state }) => state === 'refused' || state === 'missing');
  return (
    <li className="upload-one-series">
      <div className="upload-series-head">
        <span className="upload-modality">{series.label.modality}</span>
        <span className="upload-series-name">{name}</span>
        <span className="upload-quiet numbers">
          {t('uploads:progress.files', { stored: series.storedCount, count: series.fileCount })}
        </span>
        {isDone && <DoneIcon />}
        <button type="button" className="button button-quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'uploads:progress.hideFiles' : 'uploads:progress.showFiles')}
        </button>
      </div>
      {!isDone && <ProgressBar name={name} part={series.receivedBytes / series.totalBytes} />}
      <FileList files={open ? series.files : troubled} />
    </li>
  );
}

function FileList({ files }: { files: FileProgress[] }) {
  const t = useTexts();
  const formats = useFormats();
  if (files.length === 0) return null;
  return (
    <ul className="upload-files">
      {files.map(({ key, name, state, receivedBytes, sizeBytes, failure }) => (
        <li key={key} data-state={state}>
          <span className="upload-file-name">{name}</span>
          <span className="upload-quiet numbers">
            {state === 'sending'
              ? t('uploads:progress.of', { received: formats.bytes(receivedBytes), total: formats.bytes(sizeBytes) })
              : formats.bytes(sizeBytes)}
          </span>
          <span>{t(`uploads:progress.state.${state}`)}</span>
          {failure && state === 'refused' && <span className="field-error">{failureText(failure)}</span>}
        </li>
      ))}
    </ul>
  );
}
