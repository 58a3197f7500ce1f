import { useRef } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { type RoomLayout, SIDE_MIN_PX } from './use-layout.ts';

const STEP_PX = 24;

/** Between images and side column: dragged, or moved with the arrow keys, Home and End (WAI-ARIA's window splitter). */
export function Separator({ layout }: { layout: RoomLayout }) {
  const t = useTexts();
  const grabbed = useRef<number>(undefined);
  const { sideWidthPx, sideMaxPx, setSideWidth } = layout;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> that can be moved is a separator with a value.
    <div
      className="room-separator"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('room:resize')}
      aria-valuemin={SIDE_MIN_PX}
      aria-valuemax={sideMaxPx}
      aria-valuenow={sideWidthPx}
      tabIndex={0}
      data-testid="room-separator"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        grabbed.current = event.clientX + sideWidthPx;
      }}
      onPointerMove={(event) => {
        if (grabbed.current !== undefined) setSideWidth(grabbed.current - event.clientX);
      }}
      onLostPointerCapture={() => {
        grabbed.current = undefined;
      }}
      onKeyDown={(event) => {
        const to = {
          ArrowLeft: sideWidthPx + STEP_PX,
          ArrowRight: sideWidthPx - STEP_PX,
          Home: SIDE_MIN_PX,
          End: sideMaxPx,
        }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        setSideWidth(to);
      }}
    />
  );
}
