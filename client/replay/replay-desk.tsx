import { useEffect, useEffectEvent } from 'react';
import type { ReplayView } from '../../server/contract/recording.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { clockText } from './clock-text.ts';
import { RATES, ReplayControls } from './replay-controls.tsx';
import type { ReplayPlayer } from './replay-player.ts';
import { ReplayProgram } from './replay-program.tsx';
import { type ReviewActs, ReviewPane } from './review-pane.tsx';
import { useReplay } from './use-replay.ts';
import './replay.css';

/** A demonstration seen again: the pictures that were on air, every voice, chapters; before publishing what its reviewers need. */
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
  const { player, standing } = useReplay(demonstrationId, view);
  useKeys(player, view);
  if (!player || !standing) return null;
  if (view.tracks.length === 0) return <p className="panel">{t('replay:nothing')}</p>;
  return (
    <div className="replay" data-review={!view.isPublished}>
      <div className="replay-main">
        <ReplayProgram view={view} player={player} standing={standing} />
        {standing.failure !== undefined && (
          <p className="failure-notice" role="alert">
            {t('replay:failed')}
          </p>
        )}
        <ReplayControls view={view} player={player} standing={standing} />
      </div>
      <div className="replay-side">
        {!view.isPublished && <ReviewPane view={view} atMs={standing.atMs} acts={acts} />}
        <Chapters view={view} player={player} />
      </div>
    </div>
  );
}

function Chapters({ view, player }: { view: ReplayView; player: ReplayPlayer }) {
  const t = useTexts();
  const beganMs = Date.parse(view.fromAt);
  return (
    <section className="panel" aria-label={t('replay:chapters')}>
      <h2 title={t('call:key', { label: t('replay:chapters'), key: 'N P' })}>{t('replay:chapters')}</h2>
      {view.chapters.length === 0 && <p>{t('replay:noChapters')}</p>}
      <ol className="replay-chapters">
        {view.chapters.map(({ at, title }) => (
          <li key={`${at} ${title}`}>
            <button type="button" onClick={() => player.seek(Date.parse(at) - beganMs)}>
              <span className="numbers">{clockText(Date.parse(at) - beganMs)}</span> {title}
            </button>
          </li>
        ))}
      </ol>
    </section>
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
    if (!player || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const moments = chapters.map(({ at }) => Date.parse(at) - Date.parse(fromAt));
    KEYS[event.key.toLowerCase()]?.(player, moments);
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
