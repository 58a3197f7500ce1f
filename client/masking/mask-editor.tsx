import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { keptInside, type MaskZone, MOST_ZONES } from './zones.ts';
import './mask-editor.css';

const STEP = 0.01;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

interface Point {
  x: number;
  y: number;
}
/** `index` null: a new zone is drawn. */
interface Drag {
  what: 'draw' | 'move' | 'size';
  index: number | null;
  from: Point;
  zone: MaskZone;
}

function dragged({ what, from, zone }: Drag, to: Point): MaskZone {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (what === 'move') return keptInside({ ...zone, x: zone.x + dx, y: zone.y + dy });
  if (what === 'size') return keptInside({ ...zone, width: zone.width + dx, height: zone.height + dy });
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  return keptInside({ x, y, width: Math.abs(dx), height: Math.abs(dy) });
}

/** The masks of a picture, to be drawn, moved and sized over it, by pointer or by keys. Lies over the picture, edge on edge. */
export function MaskEditor({
  zones,
  onChange,
}: {
  zones: readonly MaskZone[];
  onChange: (zones: readonly MaskZone[]) => void;
}) {
  const t = useTexts();
  const surface = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag>();
  const replace = (index: number, zone: MaskZone) => onChange(zones.map((one, at) => (at === index ? zone : one)));
  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = surface.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  };
  const begin = (event: PointerEvent, what: Drag['what'], index: number | null) => {
    if (event.button !== 0 || (index === null && zones.length >= MOST_ZONES)) return;
    event.stopPropagation();
    surface.current?.setPointerCapture(event.pointerId);
    const from = pointOf(event);
    setDrag({ what, index, from, zone: zones[index ?? -1] ?? { ...from, width: 0, height: 0 } });
  };
  const move = (event: PointerEvent) => {
    if (!drag) return;
    const zone = dragged(drag, pointOf(event));
    if (drag.index !== null) return replace(drag.index, zone);
    // From the first movement on it covers: a click alone draws nothing.
    setDrag({ ...drag, index: zones.length });
    onChange([...zones, zone]);
  };
  const press = (event: KeyboardEvent, index: number, zone: MaskZone) => {
    const [dx, dy] = ARROWS[event.key] ?? [0, 0];
    if (event.key === 'Delete' || event.key === 'Backspace') onChange(zones.filter((_, at) => at !== index));
    else if (dx === 0 && dy === 0) return;
    else if (event.shiftKey) replace(index, keptInside({ ...zone, width: zone.width + dx, height: zone.height + dy }));
    else replace(index, keptInside({ ...zone, x: zone.x + dx, y: zone.y + dy }));
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={surface}
      className="mask-editor"
      data-testid="mask-editor"
      onPointerDown={(event) => begin(event, 'draw', null)}
      onPointerMove={move}
      onPointerUp={() => setDrag(undefined)}
      onPointerCancel={() => setDrag(undefined)}
    >
      {zones.map((zone, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a zone has no name but its place.
          key={index}
          type="button"
          className="mask-zone"
          aria-label={t('theatre:masks.zone', { number: index + 1 })}
          style={{
            left: `${zone.x * 100}%`,
            top: `${zone.y * 100}%`,
            width: `${zone.width * 100}%`,
            height: `${zone.height * 100}%`,
          }}
          onPointerDown={(event) => begin(event, 'move', index)}
          onKeyDown={(event) => press(event, index, zone)}
        >
          <span className="mask-zone-corner" onPointerDown={(event) => begin(event, 'size', index)} />
        </button>
      ))}
    </div>
  );
}
