import { App } from 'antd';
import { isLineDown } from '../../server/contract/failure-fate.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { GroupUpload } from './group-upload.tsx';
import { useUploadCenter } from './open-center.ts';
import type { CaseProgress } from './progress.ts';
import { ProgressBar } from './progress-bar.tsx';

/** One case's uploads as they run: the sum, the line, and each series or slide. */
export function UploadProgress({ consultationId, progress }: { consultationId: string; progress: CaseProgress }) {
  const t = useTexts();
  const { phase, waitingFor } = progress;
  if (phase === 'none') return null;
  return (
    <section
      className="upload-progress"
      aria-labelledby="upload-progress"
      data-testid="upload-progress"
      data-phase={phase}
    >
      <div className="upload-progress-head">
        <h3 id="upload-progress">
          <span role="status">{t(`uploads:progress.phase.${phase}`)}</span>
        </h3>
        <Controls consultationId={consultationId} progress={progress} />
      </div>
      <Total progress={progress} />
      {waitingFor && !isLineDown(waitingFor) && <p className="field-error">{failureText(waitingFor)}</p>}
      {progress.missingCount > 0 && (
        <p className="upload-alert" role="alert">
          {t('uploads:progress.missing', { count: progress.missingCount })}
        </p>
      )}
      <ul className="upload-groups">
        {progress.groups.map((group) => (
          <GroupUpload key={group.key} group={group} />
        ))}
      </ul>
      {phase !== 'finished' && phase !== 'stuck' && (
        <p className={progress.survivesReload ? 'upload-quiet' : 'upload-alert'}>
          {t(progress.survivesReload ? 'uploads:progress.leave' : 'uploads:progress.leaveNoRoom')}
        </p>
      )}
    </section>
  );
}

function Total({ progress }: { progress: CaseProgress }) {
  const t = useTexts();
  const formats = useFormats();
  const { receivedBytes, totalBytes, storedCount, fileCount, bytesPerSecond, remainingMs } = progress;
  const facts = [
    t('uploads:progress.of', { received: formats.bytes(receivedBytes), total: formats.bytes(totalBytes) }),
    t('uploads:progress.files', { stored: storedCount, count: fileCount }),
    bytesPerSecond !== null && t('uploads:progress.rate', { rate: formats.bytes(bytesPerSecond) }),
    remainingMs !== null && t('uploads:progress.remaining', { time: formats.wait(remainingMs / 1_000) }),
  ];
  return (
    <>
      <ProgressBar name={t('uploads:progress.title')} part={totalBytes === 0 ? 0 : receivedBytes / totalBytes} />
      <p className="upload-quiet numbers">{facts.filter(Boolean).join(' · ')}</p>
    </>
  );
}

function Controls({ consultationId, progress }: { consultationId: string; progress: CaseProgress }) {
  const t = useTexts();
  const center = useUploadCenter();
  const { modal } = App.useApp();
  const { phase } = progress;
  const isOver = phase === 'finished' || phase === 'stuck';

  const confirmStop = () =>
    modal.confirm({
      title: t('uploads:progress.stopTitle'),
      content: t('uploads:progress.stopText'),
      okText: t('uploads:progress.stopConfirm'),
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk: () => center.dismiss(consultationId),
    });

  return (
    <div className="upload-buttons">
      {phase === 'sending' && (
        <button type="button" className="button" onClick={() => center.pause()}>
          {t('uploads:progress.pause')}
        </button>
      )}
      {(phase === 'paused' || phase === 'waiting') && (
        <button type="button" className="button button-primary" onClick={() => center.resume()}>
          {t(phase === 'paused' ? 'uploads:progress.resume' : 'uploads:progress.tryNow')}
        </button>
      )}
      {progress.refusedCount > 0 && (
        <button type="button" className="button" onClick={() => center.retryRefused(consultationId)}>
          {t('uploads:progress.retryRefused')}
        </button>
      )}
      {isOver ? (
        <button type="button" className="button" onClick={() => center.dismiss(consultationId)}>
          {t('uploads:progress.dismiss')}
        </button>
      ) : (
        <button type="button" className="button button-quiet" onClick={confirmStop}>
          {t('uploads:progress.stop')}
        </button>
      )}
    </div>
  );
}
