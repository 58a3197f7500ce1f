import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { TrackRef } from '../../server/contract/demonstration-live.ts';
import type { FieldPoint, FieldStroke } from '../../server/contract/field-drawing.ts';
import { isSame } from '../hall/program-tracks.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { assignColours } from '../review/overlay/colours.ts';
import type { FieldDrawing } from './use-field-drawing.ts';
import './field-layer.css';

interface Size {
  width: number;
  height: number;
}

/** Over one live picture, exactly where the video lies: what is drawn on it, and the hand of whoever draws. */
export function FieldLayer({ drawing, track }: { drawing: FieldDrawing; track: TrackRef }) {
  const t = useTexts();
  const layer = useRef<SVGSVGElement>(null);
  const size = useVideoSize(layer);
  const { strokes, tool, mayDraw } = drawing;
  const shown = strokes.filter((one) => isSame(one.track, track));
  const colours = assignColours(strokes.map(({ accountId }) => accountId));
  const isOn = tool !== null && mayDraw;
  const at = (event: PointerEvent): FieldPoint | undefined => {
    const to = layer.current?.getScreenCTM()?.inverse();
    if (!to) return undefined;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(to);
    const within = (part: number) => Math.min(1, Math.max(0, part));
    return { x: within(x / size.width), y: within(y / size.height) };
  };
  return (
    <svg
      ref={layer}
      className="field-layer"
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="xMidYMid meet"
      role="img"
      aria-label={t('showing:field.layer')}
      data-testid="field-layer"
      data-drawing={isOn}
      onDoubleClick={(event) => {
        // Two strokes at one place are not meant for what is below.
        if (isOn) event.stopPropagation();
      }}
      onPointerDown={(event) => {
        const point = isOn && event.button === 0 ? at(event) : undefined;
        if (!point) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drawing.begin(track, point);
      }}
      onPointerMove={(event) => {
        const point = isOn && event.buttons > 0 ? at(event) : undefined;
        if (point) drawing.move(point);
      }}
      onPointerUp={drawing.end}
      onPointerCancel={drawing.end}
    >
      {shown.map((stroke) => (
        <Stroke key={stroke.strokeId} stroke={stroke} size={size} colour={colours.get(stroke.accountId) ?? '#fff'} />
      ))}
    </svg>
  );
}

function Stroke({ stroke, size, colour }: { stroke: FieldStroke; size: Size; colour: string }) {
  const { shape, points, name, strokeId } = stroke;
  const { width, height } = size;
  const lineWidth = height / 160;
  const pixels = points.map(({ x, y }) => ({ x: x * width, y: y * height }));
  const path = pixels.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
  const outlines = shape === 'arrow' ? `${path} ${headOf(pixels, height / 24)}` : path;
  return (
    <g data-testid="field-stroke" data-stroke-id={strokeId} data-shape={shape} stroke={colour}>
      <title>{name}</title>
      <path className="field-stroke-edge" d={outlines} strokeWidth={lineWidth * 2} />
      <path d={outlines} strokeWidth={lineWidth} />
    </g>
  );
}

/** The two lines of an arrow's head, `sidePx` long. */
function headOf([tail, head]: FieldPoint[], sidePx: number): string {
  if (!tail || !head) return '';
  const angle = Math.atan2(head.y - tail.y, head.x - tail.x);
  const side = (turn: number) =>
    `M${head.x} ${head.y} L${head.x - sidePx * Math.cos(angle + turn)} ${head.y - sidePx * Math.sin(angle + turn)}`;
  return `${side(Math.PI / 7)} ${side(-Math.PI / 7)}`;
}

/** Wide enough for lines of whole numbers. */
const LAYER_WIDTH = 1920;

/** Of the video below: whatever layer of it comes, it has the same shape. */
function useVideoSize(layer: { current: SVGSVGElement | null }): Size {
  const [height, setHeight] = useState(1080);
  useEffect(() => {
    const video = layer.current?.parentElement?.querySelector('video');
    if (!video) return undefined;
    const measure = () => {
      const { videoWidth, videoHeight } = video;
      if (videoWidth > 0 && videoHeight > 0) setHeight((LAYER_WIDTH * videoHeight) / videoWidth);
    };
    measure();
    video.addEventListener('resize', measure);
    return () => video.removeEventListener('resize', measure);
    // Another picture may have come to lie below since.
  });
  return { width: LAYER_WIDTH, height };
}
