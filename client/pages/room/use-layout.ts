import { useEffect, useState } from 'react';
import { z } from 'zod';

const Layout = z.object({ sideWidthPx: z.number().nullable(), swapped: z.boolean() });
type Layout = z.infer<typeof Layout>;

const STORED_UNDER = 'huizhen.room-layout';
export const SIDE_MIN_PX = 300;
/** The images keep at least this much. */
const PICTURES_MIN_PX = 480;

export interface RoomLayout {
  sideWidthPx: number;
  sideMaxPx: number;
  /** Video large, images small. */
  swapped: boolean;
  setSideWidth(px: number): void;
  setSwapped(swapped: boolean): void;
}

/** A quarter of the window, no more than faces and a chat need. */
const defaultWidth = (windowPx: number) => Math.min(440, Math.max(300, Math.round(windowPx * 0.25)));

export function clampSide(px: number, windowPx: number): number {
  return Math.round(Math.min(Math.max(SIDE_MIN_PX, windowPx - PICTURES_MIN_PX), Math.max(SIDE_MIN_PX, px)));
}

/** How this person has arranged the room, remembered at this computer. */
export function useLayout(): RoomLayout {
  const [layout, setLayout] = useState(read);
  const [windowPx, setWindowPx] = useState(() => window.innerWidth);
  useEffect(() => {
    const follow = () => setWindowPx(window.innerWidth);
    window.addEventListener('resize', follow);
    return () => window.removeEventListener('resize', follow);
  }, []);
  const keep = (change: Partial<Layout>) => {
    const next = { ...layout, ...change };
    setLayout(next);
    localStorage.setItem(STORED_UNDER, JSON.stringify(next));
  };
  return {
    sideWidthPx: clampSide(layout.sideWidthPx ?? defaultWidth(windowPx), windowPx),
    sideMaxPx: clampSide(Number.POSITIVE_INFINITY, windowPx),
    swapped: layout.swapped,
    setSideWidth: (px) => keep({ sideWidthPx: clampSide(px, windowPx) }),
    setSwapped: (swapped) => keep({ swapped }),
  };
}

function read(): Layout {
  try {
    return Layout.parse(JSON.parse(localStorage.getItem(STORED_UNDER) ?? ''));
  } catch {
    return { sideWidthPx: null, swapped: false };
  }
}
