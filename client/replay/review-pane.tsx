import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { ReplayDraft, ReplayView } from '../../server/contract/recording.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { clockText } from './clock-text.ts';
import { HiddenParts, PartTools } from './review-parts.tsx';

/** What is decided of it so far. */
export const draftOf = ({ cutParts, maskedParts, leftOutQuestions, chapters }: ReplayView): ReplayDraft => ({
  cutParts,
  maskedParts,
  leftOutQuestions,
  chapters,
});

export interface ReviewActs {
  /** @returns what went wrong */
  save(draft: ReplayDraft): Promise<Failure | undefined>;
  publish(): Promise<Failure | undefined>;
}

/** For those who look it through before others see it: what is cut out, what its chapters are, and that it may be seen. */
export function ReviewPane({ view, atMs, acts }: { view: ReplayView; atMs: number; acts: ReviewActs }) {
  const t = useTexts();
  const [title, setTitle] = useState('');
  const [isSeen, setSeen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const beganMs = Date.parse(view.fromAt);
  const instant = (ms: number) => new Date(beganMs + ms).toISOString();
  const clockOf = (at: string) => clockText(Date.parse(at) - beganMs);
  const { chapters } = view;
  const run = async (work: () => Promise<Failure | undefined>) => {
    setBusy(true);
    const failed = await work();
    setBusy(false);
    setFailure(failed);
    return !failed;
  };
  const save = (changes: Partial<ReplayDraft>) => run(() => acts.save({ ...draftOf(view), ...changes }));
  const addChapter = async () => {
    if (await save({ chapters: [...chapters, { at: instant(atMs), title: title.trim() }] })) setTitle('');
  };
  return (
    <section className="panel replay-review" aria-label={t('replay:review.title')}>
      <h2>{t('replay:review.title')}</h2>
      <p>{t('replay:review.text')}</p>
      {view.mayEdit && (
        <>
          <PartTools view={view} atMs={atMs} isBusy={isBusy} save={save} />
          <form
            className="replay-buttons"
            onSubmit={(event) => {
              event.preventDefault();
              void addChapter();
            }}
          >
            <input
              className="field-input"
              aria-label={t('replay:review.chapterTitle')}
              placeholder={t('replay:review.chapterTitle')}
              maxLength={80}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
            <button type="submit" className="button" disabled={isBusy || title.trim() === ''}>
              {t('replay:review.addChapter', { at: clockText(atMs) })}
            </button>
          </form>
        </>
      )}
      <ul className="replay-list">
        <HiddenParts view={view} isBusy={isBusy} save={save} />
        {view.mayEdit &&
          chapters.map((chapter) => (
            <li key={`${chapter.at} ${chapter.title}`}>
              <span>{t('replay:review.chapter', { at: clockOf(chapter.at), title: chapter.title })}</span>
              <button
                type="button"
                className="button"
                disabled={isBusy}
                onClick={() => void save({ chapters: chapters.filter((one) => one !== chapter) })}
              >
                {t('replay:review.removeChapter')}
              </button>
            </li>
          ))}
      </ul>
      {view.mayPublish ? (
        <div className="replay-publish">
          <label>
            <input type="checkbox" checked={isSeen} onChange={(event) => setSeen(event.target.checked)} />
            <span>{t('replay:review.seen')}</span>
          </label>
          <button
            type="button"
            className="button button-primary"
            disabled={!isSeen || isBusy}
            onClick={() => void run(acts.publish)}
          >
            {t('replay:review.publish')}
          </button>
        </div>
      ) : (
        <p className="replay-note">{t('replay:review.second')}</p>
      )}
      {failure && <FailureNotice failure={failure} />}
    </section>
  );
}
