import type { ReplayView } from '../../server/contract/recording.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { clockText } from './clock-text.ts';
import { MarksLegend, ReplayMarks } from './replay-marks.tsx';
import type { ReplayPlayer, ReplayStanding } from './replay-player.ts';

/** Slower and faster, as keys and choice have it. */
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
const STEP_MS = 10_000;

/** Play, seek, how fast, and which picture. */
export function ReplayControls({
  view,
  player,
  standing,
}: {
  view: ReplayView;
  player: ReplayPlayer;
  standing: ReplayStanding;
}) {
  const t = useTexts();
  const { atMs, isPlaying, rate } = standing;
  const { durationMs } = player;
  const withKey = (label: string, key: string) => t('call:key', { label, key });
  const said = `${clockText(atMs)} / ${clockText(durationMs)}`;
  return (
    <div className="replay-controls">
      <div className="replay-line">
        <input
          type="range"
          className="replay-seek"
          min={0}
          max={durationMs}
          step={1000}
          value={atMs}
          aria-label={t('replay:position')}
          aria-valuetext={said}
          onChange={(event) => player.seek(Number(event.target.value))}
        />
        <ReplayMarks view={view} player={player} />
        <MarksLegend view={view} player={player} />
      </div>
      <div className="replay-buttons">
        <button
          type="button"
          className="button button-primary"
          title={withKey(isPlaying ? t('replay:pause') : t('replay:play'), 'K')}
          onClick={() => player.toggle()}
        >
          {isPlaying ? t('replay:pause') : t('replay:play')}
        </button>
        <button
          type="button"
          className="button"
          title={withKey(t('replay:back'), 'J')}
          onClick={() => player.step(-STEP_MS)}
        >
          {t('replay:back')}
        </button>
        <button
          type="button"
          className="button"
          title={withKey(t('replay:forth'), 'L')}
          onClick={() => player.step(STEP_MS)}
        >
          {t('replay:forth')}
        </button>
        <span className="numbers replay-time">{said}</span>
        <label className="replay-choice" title={withKey(t('replay:rate'), ', .')}>
          {t('replay:rate')}
          <select value={rate} onChange={(event) => player.setRate(Number(event.target.value))}>
            {RATES.map((one) => (
              <option key={one} value={one}>
                {one}×
              </option>
            ))}
          </select>
        </label>
        <PictureChoice view={view} player={player} />
      </div>
    </div>
  );
}

function PictureChoice({ view, player }: { view: ReplayView; player: ReplayPlayer }) {
  const t = useTexts();
  const pictures = view.tracks.filter(({ kind }) => kind === 'video');
  if (pictures.length < 2) return null;
  const nameOf = (accountId: string) => view.people.find((one) => one.accountId === accountId)?.name ?? '';
  return (
    <label className="replay-choice">
      {t('replay:show')}
      <select defaultValue="" onChange={(event) => player.choose(event.target.value || undefined)}>
        <option value="">{t('replay:program')}</option>
        {pictures.map(({ trackId, ref: { source, label, accountId } }) => (
          <option key={trackId} value={trackId}>
            {[t(`replay:source.${source}`), label ?? nameOf(accountId)].filter(Boolean).join(' · ')}
          </option>
        ))}
      </select>
    </label>
  );
}
