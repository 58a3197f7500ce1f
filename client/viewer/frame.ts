import type { Target, Viewport } from '../../server/contract/picture-kinds.ts';
import type { Quality } from '../../server/contract/review.ts';
import { type Affine, apply, invert } from './affine.ts';
import type { Opening, ViewOrigin } from './opening.ts';
import { createSignal, type Signal } from './signal.ts';
import type { Viewer } from './viewer.ts';

export interface FrameParts<V extends Viewport, S> {
  opening: Pick<Opening<V, unknown>, 'view' | 'origin' | 'setView'>;
  /** What a change of view needs to know; undefined while nothing is shown. */
  scene(): S | undefined;
  fitView(view: V, scene: S): V;
  isFitted(view: V, scene: S): boolean;
  /** Somebody else's view, as it came. */
  onShown?(view: V): void;
  /** What the toolbar and the strip show: they are made anew when it is another. */
  face(): unknown;
}

/** What all viewers do alike: who is told of what, and how a person's move becomes the view. */
export interface Frame<V extends Viewport, S> {
  readonly moves: Signal<V>;
  readonly states: Signal<void>;
  readonly draws: Signal<void>;
  readonly qualities: Signal<Quality>;
  readonly quality: Quality | undefined;
  readonly view: V | undefined;
  /** Shows what somebody else, or an earlier visit, saw. */
  show(view: V): void;
  /** The opening has changed. */
  changed(origin: ViewOrigin): void;
  /** The person's own move. Nothing is told that changed nothing: a wheel at the end does not take the lead. */
  change(by: (view: V, scene: S) => V): void;
  fit(): void;
  /** The view is the whole picture. */
  isFitted(): boolean;
  /** The window has another size: what was fitted is fitted anew. */
  refit(): void;
  /** What the toolbar shows may be another. */
  tellState(): void;
  /** undefined: nothing is shown. */
  tellQuality(quality: Quality | undefined): void;
}

export function createFrame<V extends Viewport, S>(parts: FrameParts<V, S>): Frame<V, S> {
  const { opening, scene } = parts;
  const moves = createSignal<V>();
  const states = createSignal<void>();
  const qualities = createSignal<Quality>();
  let face = '';
  let quality: Quality | undefined;
  /** The view is the whole picture, and stays so when the window changes its size. Somebody else's view stays theirs. */
  let staysFitted = false;

  const isFitted = (): boolean => {
    const now = scene();
    return now !== undefined && opening.view !== undefined && parts.isFitted(opening.view, now);
  };
  const change = (by: (view: V, scene: S) => V): void => {
    const now = scene();
    const { view } = opening;
    if (!now || !view) return;
    const next = by(view, now);
    if (JSON.stringify(next) !== JSON.stringify(view)) opening.setView(next, 'user');
  };
  const tellState = (): void => {
    const next = JSON.stringify(parts.face());
    if (next === face) return;
    face = next;
    states.emit();
  };
  return {
    moves,
    states,
    draws: createSignal<void>(),
    qualities,
    get view() {
      return opening.view;
    },
    get quality() {
      return quality;
    },
    show(view) {
      opening.setView(view, 'shown');
      parts.onShown?.(view);
    },
    changed(origin) {
      staysFitted = opening.origin !== 'shown' && isFitted();
      if (opening.view && origin === 'user') moves.emit(opening.view);
      tellState();
    },
    change,
    fit: () => change(parts.fitView),
    isFitted,
    refit() {
      const now = scene();
      if (staysFitted && now && opening.view) opening.setView(parts.fitView(opening.view, now), opening.origin);
    },
    tellState,
    tellQuality(next) {
      if (JSON.stringify(next) === JSON.stringify(quality)) return;
      quality = next;
      if (next) qualities.emit(next);
    },
  };
}

/** Where the picture lies on a canvas. */
export interface Placing {
  /** From the picture to canvas pixels, as the next frame will have it. */
  transform(): Affine | undefined;
  /** Canvas pixels in a CSS pixel. */
  readonly pixelRatio: number;
}

/** Between the picture and the screen, for pictures that lie on their canvas as a whole. */
export function pointsOn(placing: () => Placing | undefined): Pick<Viewer, 'toScreen' | 'toImage'> {
  return {
    toScreen(point) {
      const placed = placing();
      const to = placed?.transform();
      if (!placed || !to) return undefined;
      const { x, y } = apply(to, point);
      return { x: x / placed.pixelRatio, y: y / placed.pixelRatio };
    },
    toImage({ x, y }) {
      const placed = placing();
      const to = placed?.transform();
      return placed && to && apply(invert(to), { x: x * placed.pixelRatio, y: y * placed.pixelRatio });
    },
  };
}

/** What a viewer adds to the frame. */
export type OwnParts = Omit<
  Viewer,
  'show' | 'viewport' | 'onViewport' | 'onState' | 'onDraw' | 'quality' | 'onQuality'
>;

/** The viewer of one kind, for the desk. */
export function viewerOf<V extends Viewport, S>(kind: Target['kind'], frame: Frame<V, S>, own: OwnParts): Viewer {
  return {
    ...own,
    show(viewport) {
      if (viewport.target.kind === kind) frame.show(viewport as V);
    },
    get viewport() {
      return frame.view;
    },
    onViewport: frame.moves.on,
    onState: frame.states.on,
    onDraw: frame.draws.on,
    get quality() {
      return frame.quality;
    },
    onQuality: frame.qualities.on,
  };
}
