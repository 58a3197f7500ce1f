import { useEffect, useEffectEvent } from 'react';
import type { ReplayView } from '../../server/contract/recording.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isForPictures } from '../showing/own-keys.ts';
import { RATES, ReplayControls } from './replay-controls.tsx';
import { Chapters, ShownPictures } from './replay-moments.tsx';
import { ReplayPictures } from './replay-pictures.tsx';
import type { ReplayPlayer } from './replay-player.ts';
import { ReplayProgram } from './replay-program.tsx';
import { OnScreenQuestion, ReplayQuestions } from './replay-questions.tsx';
import { type ReviewActs, ReviewPane } from './review-pane.tsx';
import { isPictureShown, useReplay } from './use-replay.ts';
import './replay.css';
import './replay-timeline.css';

/** A demonstration seen again: the pictures that were on air, every voice, what was shown and drawn; before publishing what its reviewers need. */
export function ReplayDesk({
  demonstrationId,
  view,
  acts,
}: {
  demonstrationId: string;
  view: ReplayView;
  acts: ReviewActs;
}) {
  const t = useTexts();
  const replay = useReplay(demonstrationId, view);
  const { player, standing, now, isUnread } = replay;
  useKeys(player, view);
  if (!player || !standing) return null;
  if (view.tracks.length === 0) return <p className="panel">{t('replay:nothing')}</p>;
  return (
    <div className="replay" data-review={!view.isPublished} data-pictures={view.timeline.shown.length > 0}>
      <div className="replay-main">
        <div className="replay-stage" data-showing={isPictureShown(replay)}>
          <ReplayProgram view={view} player={player} standing={standing} strokes={now.strokes} />
          {isPictureShown(replay) && <ReplayPictures demonstrationId={demonstrationId} view={view} replay={replay} />}
        </div>
        {standing.failure !== undefined && (
          <p className="failure-notice" role="alert">
            {t('replay:failed')}
          </p>
        )}
        {isUnread && (
          <p className="failure-notice" role="alert">
            {t('replay:unread')}
          </p>
        )}
        <OnScreenQuestion view={view} questionId={now.questionId} />
        <ReplayControls view={view} player={player} standing={standing} />
      </div>
      <div className="replay-side">
        {!view.isPublished && <ReviewPane view={view} atMs={standing.atMs} acts={acts} />}
        <Chapters view={view} player={player} />
        <ShownPictures view={view} player={player} />
        <ReplayQuestions view={view} player={player} acts={acts} onScreenId={now.questionId} />
      </div>
    </div>
  );
}

const KEYS: Record<string, (player: ReplayPlayer, chapters: readonly number[]) => void> = {
  k: (player) => player.toggle(),
  j: (player) => player.step(-10_000),
  l: (player) => player.step(10_000),
  n: (player, chapters) => player.leap(chapters, 'next'),
  p: (player, chapters) => player.leap(chapters, 'previous'),
  ',': (player) => player.setRate(RATES.findLast((one) => one < player.rate) ?? player.rate),
  '.': (player) => player.setRate(RATES.find((one) => one > player.rate) ?? player.rate),
};

/** K plays and pauses, J and L step, N and P go from chapter to chapter, comma and full stop slower and faster, wherever nothing is being typed. */
function useKeys(player: ReplayPlayer | undefined, { chapters, fromAt }: ReplayView): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isTyping =
      event.target instanceof HTMLElement && event.target.closest('input:not([type="range"]), textarea, select');
    if (!player || isTyping || isForPictures(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const moments = chapters.map(({ at }) => Date.parse(at) - Date.parse(fromAt));
    KEYS[event.key.toLowerCase()]?.(player, moments);
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
