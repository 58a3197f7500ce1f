import { useTexts } from '../i18n/use-texts.ts';

/** `part` from 0 to 1. */
export function ProgressBar({ name, part }: { name: string; part: number }) {
  const t = useTexts();
  // Not before all is there: 99.6 % is not 100 %.
  const percent = Math.floor(part * 100);
  return (
    <div
      className="upload-bar"
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-label={t('uploads:progress.bar', { name, percent })}
    >
      <div className="upload-bar-done" style={{ width: `${part * 100}%` }} />
    </div>
  );
}
