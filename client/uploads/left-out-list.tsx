import { useTexts } from '../i18n/use-texts.ts';
import type { LeftOutFile, LeftOutReason } from './grouping.ts';

const SHOWN = 5;

/** What is not sent and why, one line a reason: a CD brings dozens of files that are no images. */
export function LeftOutList({ files }: { files: LeftOutFile[] }) {
  const t = useTexts();
  if (files.length === 0) return null;
  const byReason = new Map<LeftOutReason, string[]>();
  for (const { path, reason } of files) byReason.set(reason, [...(byReason.get(reason) ?? []), path]);
  return (
    <details className="left-out" data-testid="upload-left-out" open={files.length <= SHOWN}>
      <summary>{t('uploads:leftOut.title', { count: files.length })}</summary>
      <ul>
        {[...byReason].map(([reason, paths]) => (
          <li key={reason}>
            <strong>{t(`uploads:leftOut.reasons.${reason}`)}</strong>
            <ul>
              {paths.slice(0, SHOWN).map((path) => (
                <li key={path} className="left-out-path">
                  {path}
                </li>
              ))}
              {paths.length > SHOWN && (
                <li className="left-out-path">{t('uploads:leftOut.more', { count: paths.length })}</li>
              )}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}
