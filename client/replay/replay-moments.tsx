import type { ReactNode } from 'react';
import type { ReplayView } from '../../server/contract/recording.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { clockText } from './clock-text.ts';
import type { ReplayPlayer } from './replay-player.ts';

interface MomentsProps {
  view: ReplayView;
  player: ReplayPlayer;
}

export function Chapters({ view, player }: MomentsProps) {
  const t = useTexts();
  return (
    <section className="panel" aria-label={t('replay:chapters')}>
      <h2 title={t('call:key', { label: t('replay:chapters'), key: 'N P' })}>{t('replay:chapters')}</h2>
      {view.chapters.length === 0 && <p>{t('replay:noChapters')}</p>}
      <ol className="replay-chapters">
        {view.chapters.map(({ at, title }) => (
          <Moment key={`${at} ${title}`} view={view} player={player} at={at}>
            {title}
          </Moment>
        ))}
      </ol>
    </section>
  );
}

/** What was shown of scans, ECG, slides and papers, and the stills that were taken: each leads to its moment. */
export function ShownPictures({ view, player }: MomentsProps) {
  const t = useTexts();
  const { pictures, shown, stills } = view.timeline;
  if (shown.length + stills.length === 0) return null;
  const isStill = (materialId: string) => stills.some((one) => one.materialId === materialId);
  const nameOf = (materialId: string) => {
    const kind = pictures.find((one) => one.materialId === materialId)?.kind;
    return isStill(materialId) || !kind ? t('replay:still') : t(`terms:pictureKind.${kind}`);
  };
  const moments = [
    ...shown.map(({ materialId, fromAt }) => ({ key: `shown ${fromAt}`, at: fromAt, text: nameOf(materialId) })),
    ...stills.map(({ materialId, at, takenBy }) => ({
      key: `still ${materialId}`,
      at,
      text: t('replay:stillTaken', { name: takenBy?.name ?? '' }),
    })),
  ].toSorted((one, other) => (one.at < other.at ? -1 : 1));
  return (
    <section className="panel" aria-label={t('replay:shownPictures')}>
      <h2>{t('replay:shownPictures')}</h2>
      <ol className="replay-chapters">
        {moments.map(({ key, at, text }) => (
          <Moment key={key} view={view} player={player} at={at}>
            {text}
          </Moment>
        ))}
      </ol>
    </section>
  );
}

/** A line that leads to its moment. @param beside what stands behind it */
export function Moment({
  view,
  player,
  at,
  isNow = false,
  beside,
  children,
}: MomentsProps & { at: string; isNow?: boolean; beside?: ReactNode; children: ReactNode }) {
  const atMs = Math.max(0, Date.parse(at) - Date.parse(view.fromAt));
  return (
    <li aria-current={isNow ? 'true' : undefined}>
      <button type="button" className="replay-moment" onClick={() => player.seek(atMs)}>
        <span className="numbers">{clockText(atMs)}</span> {children}
      </button>
      {beside}
    </li>
  );
}
