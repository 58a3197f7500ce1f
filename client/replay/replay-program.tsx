import { useCallback } from 'react';
import type { ReplayTrack, ReplayView } from '../../server/contract/recording.ts';
import { FieldLayer } from '../drawing/field-layer.tsx';
import type { FieldDrawing } from '../drawing/use-field-drawing.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { ReplayPlayer, ReplayStanding } from './replay-player.ts';
import { Watermark } from './watermark.tsx';

const nothing = () => undefined;
/** What was drawn is looked at. */
const drawn = (strokes: FieldDrawing['strokes']): FieldDrawing => ({
  ...{ strokes, mayDraw: false, tool: null },
  ...{ choose: nothing, begin: nothing, move: nothing, end: nothing, clear: nothing },
});

/** The pictures that were on air and what was drawn on them, with the name of whoever looks at them over them. */
export function ReplayProgram({
  view,
  player,
  standing,
  strokes,
}: {
  view: ReplayView;
  player: ReplayPlayer;
  standing: ReplayStanding;
  strokes: FieldDrawing['strokes'];
}) {
  const t = useTexts();
  const { shown, isDark, isWaiting, isPlaying, atMs } = standing;
  const placeOf = (track: ReplayTrack) =>
    track === shown.main ? 'main' : track === shown.second ? 'second' : undefined;
  const at = new Date(Date.parse(view.fromAt) + atMs).toISOString();
  const isIn = ({ fromAt, toAt, picture }: { fromAt: string; toAt: string; picture: boolean }) =>
    picture && fromAt <= at && at < toAt;
  // Whoever looks it through sees what is masked.
  const isMasked = view.isPublished && view.maskedParts.some(isIn);
  const why = isMasked ? 'masked' : view.timeline.cutOff.some(isIn) ? 'cutOff' : 'dark';
  const drawing = drawn(strokes);
  return (
    <section
      className="replay-program"
      data-layout={shown.second ? shown.layout : 'single'}
      aria-label={t('replay:picture')}
    >
      {view.tracks.map((track) => (
        <Track key={track.trackId} track={track} place={placeOf(track)} player={player} drawing={drawing} />
      ))}
      {isDark && <p className="replay-slate">{t(`replay:${why}`)}</p>}
      <Watermark text={view.watermark} />
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
  drawing,
}: {
  track: ReplayTrack;
  place: 'main' | 'second' | undefined;
  player: ReplayPlayer;
  drawing: FieldDrawing;
}) {
  const attach = useCallback((element: HTMLMediaElement | null) => player.attach(track, element), [track, player]);
  if (track.kind === 'audio')
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said
      <audio ref={attach} data-source={track.ref.source} />
    );
  return (
    <div className="replay-track" data-place={place}>
      <video ref={attach} muted playsInline data-source={track.ref.source} />
      {place && <FieldLayer drawing={drawing} track={track.ref} />}
    </div>
  );
}
