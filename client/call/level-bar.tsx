import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { startLevelMeter } from './level-meter.ts';

/** A meter that stays this low for so long hears nothing. */
const SILENT_SHARE = 0.04;
const SILENT_AFTER_MS = 6_000;

/** What the microphone hears now, and a hint where it hears nothing. */
export function LevelBar({ track }: { track: MediaStreamTrack }) {
  const t = useTexts();
  const fill = useRef<HTMLSpanElement>(null);
  const meter = useRef<HTMLDivElement>(null);
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    let heardAtMs = performance.now();
    setSilent(false);
    const running = startLevelMeter(track, (share) => {
      // Past React: sixteen times a second.
      if (fill.current) fill.current.style.transform = `scaleX(${share})`;
      meter.current?.setAttribute('aria-valuenow', String(Math.round(share * 100)));
      if (share > SILENT_SHARE) heardAtMs = performance.now();
      setSilent(performance.now() - heardAtMs > SILENT_AFTER_MS);
    });
    return () => running.close();
  }, [track]);
  return (
    <div className="call-level">
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> can neither be drawn alike in all browsers nor moved without layout. */}
      <div
        ref={meter}
        className="call-level-track"
        role="meter"
        aria-label={t('call:level')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        data-testid="level"
      >
        <span ref={fill} />
      </div>
      <p className="call-hint" role="status">
        {silent && t('call:levelSilent')}
      </p>
    </div>
  );
}
