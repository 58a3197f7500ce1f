import { useCallback } from 'react';
import type { ReplayTrack, ReplayView } from '../../server/contract/recording.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { ReplayPlayer, ReplayStanding } from './replay-player.ts';

/** The pictures that were on air, with the name of whoever looks at them over them. */
export function ReplayProgram({
  view,
  player,
  standing,
}: {
  view: ReplayView;
  player: ReplayPlayer;
  standing: ReplayStanding;
}) {
  const t = useTexts();
  const { shown, isDark, isWaiting, isPlaying } = standing;
  const placeOf = (track: ReplayTrack) =>
    track === shown.main ? 'main' : track === shown.second ? 'second' : undefined;
  return (
    <section
      className="replay-program"
      data-layout={shown.second ? shown.layout : 'single'}
      aria-label={t('replay:picture')}
    >
      {view.tracks.map((track) => (
        <Track key={track.trackId} track={track} place={placeOf(track)} player={player} />
      ))}
      {isDark && <p className="replay-slate">{t('replay:dark')}</p>}
      <div className="replay-watermark" aria-hidden="true">
        {[0, 1, 2, 3, 4, 5].map((place) => (
          <span key={place}>{view.watermark}</span>
        ))}
      </div>
      {isWaiting && (
        <p className="replay-waiting" role="status">
          {t('replay:waiting')}
        </p>
      )}
      {!isPlaying && (
        <button type="button" className="replay-start" aria-label={t('replay:play')} onClick={() => player.play()}>
          <span aria-hidden="true">▶</span>
        </button>
      )}
    </section>
  );
}

function Track({
  track,
  place,
  player,
}: {
  track: ReplayTrack;
  place: 'main' | 'second' | undefined;
  player: ReplayPlayer;
}) {
  const attach = useCallback((element: HTMLMediaElement | null) => player.attach(track, element), [track, player]);
  if (track.kind === 'audio')
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said
      <audio ref={attach} data-source={track.ref.source} />
    );
  return <video ref={attach} muted playsInline data-place={place} data-source={track.ref.source} />;
}
