import type { Frame } from '../viewer/frame.ts';
import type { CinePlayer } from './cine-player.ts';
import type { CommandsParts } from './commands.ts';
import type { Mode } from './gestures.ts';
import type { PictureContent } from './picture-content.ts';
import type { Stack } from './stack.ts';
import * as views from './view.ts';

export interface MovesParts {
  stack: Stack;
  content: PictureContent;
  cine: CinePlayer;
  frame: Frame<views.View, views.Scene>;
  /** Draws anew what is shown. */
  refresh(): void;
}

export interface Moves {
  /** What the left button does. */
  readonly mode: Mode;
  /** What the person can do now, and how it stands. */
  commands(): CommandsParts;
}

/** What a person does to a stack by button and key. */
export function createMoves({ stack, content, cine, frame, refresh }: MovesParts): Moves {
  let mode: Mode = 'window';
  const { change } = frame;
  const acts = {
    setMode(next: Mode) {
      mode = next;
      frame.tellState();
    },
    setVoi: (voi: views.View['voi']) => change((now) => ({ ...now, voi })),
    toggleOverlays() {
      content.toggleOverlays();
      refresh();
      frame.tellState();
    },
    invert: () => change((now) => ({ ...now, invert: !now.invert })),
    rotate: (degrees: number) => change((now) => views.rotateBy(now, degrees)),
    flipSideways: () => change(views.flipSideways),
    flipUpright: () => change(views.flipUpright),
    fit: frame.fit,
    actualSize: () => change(views.actualSize),
    reset() {
      const { slice } = stack;
      if (slice) change((_, { size }) => views.initialView(slice, size));
    },
    zoom: (factor: number) =>
      change((now, scene) => views.zoomAt(now, scene, factor, { x: scene.size.width / 2, y: scene.size.height / 2 })),
    scrollBy: (steps: number) => stack.goTo(stack.index + steps),
    scrollTo: (place: 'first' | 'last') => stack.goTo(place === 'first' ? 0 : Number.POSITIVE_INFINITY),
  };
  return {
    get mode() {
      return mode;
    },
    commands() {
      const { view, series } = stack;
      return {
        ...acts,
        mode,
        isCt: series?.modality === 'CT',
        isGray: content.isGray(),
        voi: view?.voi ?? null,
        inverted: view?.invert ?? false,
        flippedHorizontal: view?.flipHorizontal ?? false,
        flippedVertical: view?.flipVertical ?? false,
        overlaysShown: content.overlaysShown,
        cine: cine.available ? cine : null,
      };
    },
  };
}
