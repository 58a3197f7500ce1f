import type { Point } from '../../server/contract/picture.ts';
import type { MaterialView, Target, Viewport } from '../../server/contract/picture-kinds.ts';
import type { Quality, Shape } from '../../server/contract/review.ts';
import type { PrintHeading } from '../patient/case-identity.ts';
import type { Measures } from '../shapes/measurement.ts';
import type { ShapeName } from '../shapes/shape-type.ts';
import type { PictureHome } from './picture-home.ts';

export type Unsubscribe = () => void;

/** One thing of a material that can be looked at, as the strip shows it (a series, an ECG, a slide). */
export interface Picture {
  pictureId: string;
  materialId: string;
  title: string;
  detail: string;
}

/** What mouse and fingers do, in words, for the help sheet; left out: nothing. */
export type Gestures = Partial<
  Record<'left' | 'middle' | 'right' | 'alt' | 'wheel' | 'ctrlWheel' | 'shiftWheel' | 'touch', string>
>;

/** What the left mouse button does to marks: draws one of a kind, or takes them in hand. */
export type Tool = ShapeName | 'select';

/**
 * Something the person can do with a picture. The toolbar, the keyboard and the help sheet are made from this one list,
 * so that they cannot disagree.
 */
export interface Command {
  /** Stable; the button bears `data-testid="command-<id>"`. */
  id: string;
  group: string;
  label: string;
  /** The label in a word, written beside the icon where there is room. */
  word?: string;
  /** SVG path data in a box of 24 by 24. Absent: the label is the face. */
  icon?: string;
  /** `KeyboardEvent.key` values that run it, without modifiers. The first is the one that tooltips name. */
  keys: string[];
  /** For switches and modes. */
  pressed?: boolean;
  /** What the left mouse button does: choosing one puts an annotation tool away. */
  mode?: boolean;
  /** Not on the toolbar: keys only, listed in the help sheet. */
  hidden?: boolean;
  /** A drop-down of further commands instead of an action. */
  menu?: Command[];
  run(): void;
}

/** Draws annotations over an exported picture. `toCanvas`: undefined for a point that the picture does not show; `scale`: canvas pixels in a screen pixel. */
export type Paint = (
  context: CanvasRenderingContext2D,
  toCanvas: (point: Point) => Point | undefined,
  scale: number,
) => void;

export interface ExportedPicture {
  blob: Blob;
  widthPx: number;
  heightPx: number;
}

/**
 * What each kind of picture brings to the shared review. All points of pictures are in the picture's own coordinates, all
 * points of the screen in CSS pixels from the top left corner of the mounted element.
 */
export interface Viewer {
  /** Draws into the element from now on and takes the mouse, wheel and touch events that bubble up to it. */
  mount(element: HTMLElement): void;
  /** Shows what somebody else, or an earlier visit, saw: a viewport of this kind. Does not tell {@link onViewport}. */
  show(viewport: Viewport): void;
  /** Opens a picture of the strip as a new viewer would. Tells {@link onViewport} if `byUser`. */
  open(picture: Picture, byUser: boolean): Promise<void>;
  readonly viewport: Viewport | undefined;
  /** The person at this screen moved. */
  onViewport(listener: (viewport: Viewport) => void): Unsubscribe;
  /** Something that {@link commands} or the strip shows has changed: not called for every mouse move. */
  onState(listener: () => void): Unsubscribe;
  /** The picture has been drawn: whatever lies above it must be drawn anew. */
  onDraw(listener: () => void): Unsubscribe;
  readonly quality: Quality | undefined;
  onQuality(listener: (quality: Quality) => void): Unsubscribe;
  /** undefined while nothing is shown, and where the point has no place in what is shown (an ECG's other page). */
  toScreen(point: Point): Point | undefined;
  /** `held`: a point that the hand holds on to; where a picture has several places beside each other (an ECG's leads), the answer stays in that one's. */
  toImage(point: Point, held?: Point): Point | undefined;
  /** Keeps an image point inside the picture. */
  clamp(point: Point): Point;
  /** How far an arrow key moves an annotation, in image coordinates. */
  nudge(): Point;
  /** The same picture: annotations of the one are drawn on the other. Targets of another kind never are. */
  isSame(a: Target, b: Target): boolean;
  /** The picture of the strip that the target belongs to. */
  pictureId(target: Target): string;
  /** What annotations are drawn on: bright colours with a dark edge, or dark ones with a bright edge. Left out: dark. */
  readonly ground?: 'dark' | 'light';
  /** What can be measured on what is shown, by shape. */
  measures(): Measures;
  /** Image points that the shape marks besides its own (a caliper that marches out). */
  marks?(shape: Shape): Point[];
  /** Image points that no label should cover, where another place is free: an ECG's traces. The same array while nothing changes. */
  inTheWay?(): readonly Point[];
  commands(): Command[];
  gestures(): Gestures;
  /** What the window shows now, at full quality (waited for), with what `paint` draws over it. PNG. */
  exportPicture(paint: Paint): Promise<ExportedPicture>;
  /** Stops what moves by itself (a cine): somebody else leads now. */
  pause?(): void;
  dispose(): void;
}

export interface KindParts {
  /** Whose access the pictures are read under. */
  home: PictureHome;
  /** Whose picture it is, by the case: prints must say so. undefined: nobody told. */
  printHeading?: (target: Target) => PrintHeading | undefined;
}

/** One kind of picture for one review panel; owns what its viewers and thumbnails share (loader, cache, workers). */
export interface Kind {
  /** Of a material of this kind; none of another. */
  pictures(material: MaterialView): Picture[];
  /** The picture of the strip that the target belongs to; empty for a target of another kind. */
  pictureId(target: Target): string;
  createViewer(): Viewer;
  /** A small picture for the strip, drawn into the canvas at its own size. */
  drawThumbnail(picture: Picture, canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void>;
  dispose(): void;
}

export interface KindModule {
  createKind(parts: KindParts): Kind;
}
