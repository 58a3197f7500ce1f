import { useEffect, useMemo, useRef, useState } from 'react';
import type { TrackRef } from '../../server/contract/demonstration-live.ts';
import {
  FADES_AFTER_MS,
  type FieldPoint,
  type FieldShape,
  type FieldStroke,
  unfaded,
  withPiece,
} from '../../server/contract/field-drawing.ts';
import { reportFault } from '../api/failures.ts';
import { useLink, useNotice } from '../api/link-context.tsx';
import { randomId } from '../api/random-id.ts';
import type { Showing } from '../showing/use-showing.ts';

/** Thirty pieces a second: as smooth as the picture below it. */
const SEND_EVERY_MS = 33;

/** Drawing on the live pictures, as this window sees it. */
export interface FieldDrawing {
  strokes: readonly FieldStroke[];
  mayDraw: boolean;
  /** What the pen draws; null: it is put away. */
  tool: FieldShape | null;
  choose(tool: FieldShape | null): void;
  /** The pen is on the picture. */
  begin(track: TrackRef, at: FieldPoint): void;
  move(at: FieldPoint): void;
  end(): void;
  clear(): void;
}

interface Hand {
  strokeId: string;
  track: TrackRef;
  shape: FieldShape;
  points: FieldPoint[];
  sentPoints: number;
  /** Since it was last sent. */
  hasMoved: boolean;
  timer: number;
}

/** @param isCut the pictures are cut: what was drawn on them is gone */
export function useFieldDrawing(showing: Showing, isCut: boolean): FieldDrawing {
  const link = useLink();
  const { demonstrationId, mayShow, me, strokes: first } = showing;
  const [strokes, setStrokes] = useState<readonly FieldStroke[]>([]);
  const [tool, setTool] = useState<FieldShape | null>(null);
  const hand = useRef<Hand | null>(null);
  useEffect(() => setStrokes(first), [first]);
  useEffect(() => {
    if (isCut) setStrokes([]);
  }, [isCut]);
  const isAnything = strokes.length > 0;
  useEffect(() => {
    if (!isAnything) return undefined;
    const timer = window.setInterval(() => setStrokes((now) => unfaded(now, Date.now())), FADES_AFTER_MS / 20);
    return () => window.clearInterval(timer);
  }, [isAnything]);
  useNotice('field:drawn', (piece) => {
    if (piece.demonstrationId === demonstrationId && !isCut) setStrokes((now) => withPiece(now, piece, Date.now()));
  });
  useNotice('field:cleared', (told) => {
    if (told.demonstrationId === demonstrationId) setStrokes([]);
  });
  const acts = useMemo(() => {
    const send = (): void => {
      const drawing = hand.current;
      if (!drawing?.hasMoved) return;
      const { strokeId, track, shape, points, sentPoints } = drawing;
      const from = shape === 'arrow' ? 0 : sentPoints;
      const piece = points.slice(from, from + 200);
      if (piece.length === 0) return;
      drawing.sentPoints = from + piece.length;
      drawing.hasMoved = drawing.sentPoints < points.length;
      link.request('field:draw', { demonstrationId, strokeId, track, shape, from, points: piece }).catch(reportFault);
    };
    const end = (): void => {
      if (!hand.current) return;
      send();
      window.clearInterval(hand.current.timer);
      hand.current = null;
    };
    const show = ({ strokeId, track, shape, points }: Hand): void => {
      const piece = { demonstrationId, strokeId, track, shape, from: 0, points };
      const own = { ...piece, accountId: me.accountId, name: me.name };
      setStrokes((now) => withPiece(now, own, Date.now()));
    };
    return {
      begin(track: TrackRef, at: FieldPoint, shape: FieldShape) {
        end();
        const timer = window.setInterval(send, SEND_EVERY_MS);
        hand.current = { strokeId: randomId(), track, shape, points: [at], sentPoints: 0, hasMoved: true, timer };
        show(hand.current);
      },
      move(at: FieldPoint) {
        const drawing = hand.current;
        if (!drawing) return;
        const [tail = at] = drawing.points;
        drawing.hasMoved = true;
        drawing.points = drawing.shape === 'arrow' ? [tail, at] : [...drawing.points, at];
        show(drawing);
      },
      end,
      clear() {
        setStrokes([]);
        link.request('field:clear', { demonstrationId }).catch(reportFault);
      },
    };
  }, [link, demonstrationId, me.accountId, me.name]);
  useEffect(() => acts.end, [acts]);
  return {
    ...acts,
    strokes,
    mayDraw: mayShow && !isCut,
    tool: mayShow ? tool : null,
    choose: setTool,
    begin: (track, at) => {
      if (tool && mayShow) acts.begin(track, at, tool);
    },
  };
}
