import type { ReplayView } from '../../server/contract/recording.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { ReplayPlayer } from './replay-player.ts';

interface MarksProps {
  view: ReplayView;
  player: ReplayPlayer;
}

/** Below the line: chapters, what was shown and asked, where the picture was cut off or not sent and, to whoever looks it through, what is to be cut out. */
export function ReplayMarks({ view, player: { durationMs, darkMs } }: MarksProps) {
  const { cutParts, maskedParts, chapters, timeline } = view;
  const shareOf = (ms: number) => `${(100 * Math.min(durationMs, Math.max(0, ms))) / Math.max(1, durationMs)}%`;
  const share = (at: string) => shareOf(Date.parse(at) - Date.parse(view.fromAt));
  const stretch = (from: string, to: string) => ({ left: from, right: `calc(100% - ${to})` });
  return (
    <div className="replay-marks" aria-hidden="true">
      {darkMs.map(([fromMs, toMs]) => (
        <span key={`dark ${fromMs}`} className="replay-dark" style={stretch(shareOf(fromMs), shareOf(toMs))} />
      ))}
      {cutParts.map(({ fromAt, toAt }) => (
        <span key={`cut ${fromAt}`} className="replay-cut" style={stretch(share(fromAt), share(toAt))} />
      ))}
      {maskedParts.map(({ fromAt, toAt, picture }) => (
        <span
          key={`masked ${fromAt} ${picture}`}
          className="replay-masked"
          style={stretch(share(fromAt), share(toAt))}
        />
      ))}
      {timeline.shown.map(({ fromAt, toAt }) => (
        <span key={`shown ${fromAt}`} className="replay-shown" style={stretch(share(fromAt), share(toAt))} />
      ))}
      {timeline.stills.map(({ at, materialId }) => (
        <span key={`still ${materialId}`} className="replay-still" style={{ left: share(at) }} />
      ))}
      {timeline.questions.map(({ at, questionId }) => (
        <span key={questionId} className="replay-asked" style={{ left: share(at) }} />
      ))}
      {chapters.map(({ at, title }) => (
        <span key={`${at} ${title}`} className="replay-chapter" style={{ left: share(at) }} />
      ))}
    </div>
  );
}

/** What the marks of this replay mean. */
export function MarksLegend({ view, player }: MarksProps) {
  const t = useTexts();
  const { cutParts, maskedParts, chapters, timeline } = view;
  const meanings = [
    ['chapter', chapters.length > 0],
    ['shown', timeline.shown.length > 0],
    ['still', timeline.stills.length > 0],
    ['asked', timeline.questions.length > 0],
    ['dark', player.darkMs.length > 0],
    ['masked', maskedParts.length > 0],
    ['cut', cutParts.length > 0],
  ] as const;
  return (
    <ul className="replay-legend">
      {meanings.map(
        ([mark, isThere]) =>
          isThere && (
            <li key={mark}>
              <span className={`replay-sign replay-${mark}`} aria-hidden="true" /> {t(`replay:marks.${mark}`)}
            </li>
          ),
      )}
    </ul>
  );
}
