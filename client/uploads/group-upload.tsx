import { useState } from 'react';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { DoneIcon } from './icons.tsx';
import { KindMark } from './kind-mark.tsx';
import { groupName, kindOfLabel } from './names.ts';
import type { FileProgress, GroupProgress } from './progress.ts';
import { ProgressBar } from './progress-bar.tsx';

/** One series' or slide's uploads; its files on demand, and by themselves those that need attention. */
export function GroupUpload({ group }: { group: GroupProgress }) {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const { label } = group;
  const name = groupName(t, label);
  const isDone = group.storedCount === group.fileCount;
  const troubled = group.files.filter(({ state }) => state === 'refused' || state === 'missing');
  return (
    <li className="upload-group">
      <div className="upload-group-head">
        <KindMark kind={kindOfLabel(label)} modality={label.form === 'series' ? label.modality : ''} />
        <span className="upload-group-name">{name}</span>
        <span className="upload-quiet numbers">
          {t('uploads:progress.files', { stored: group.storedCount, count: group.fileCount })}
        </span>
        {isDone && <DoneIcon />}
        <button type="button" className="button button-quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'uploads:progress.hideFiles' : 'uploads:progress.showFiles')}
        </button>
      </div>
      {!isDone && <ProgressBar name={name} part={group.receivedBytes / group.totalBytes} />}
      <FileList files={open ? group.files : troubled} />
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
          {failure && state === 'refused' && (
            <span className="field-error upload-file-failure">{failureText(failure)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
