import type { Point } from '../../server/contract/picture.ts';
import type { PictureKind } from '../../server/contract/picture-kinds.ts';
import type { Shape } from '../../server/contract/review.ts';

export type ShapeName = Shape['kind'];
export type ShapeOf<N extends ShapeName> = Extract<Shape, { kind: N }>;

/** From the picture to where it is drawn. */
export type Project = (point: Point) => Point;

/** A point by which a shape is changed. */
export interface Handle {
  name: string;
  point: Point;
}

/** A shape that can be drawn on pictures: all there is to know of it, but its names in words (`review:shape`, `review:tool`). */
export interface ShapeType<S extends Shape> {
  /** The kinds of picture that it is drawn on. */
  suits: readonly PictureKind[] | 'every';
  /** It is drawn to measure: not offered where nothing of it can be measured. */
  measures: boolean;
  /** SVG path data in a box of 24 by 24. */
  icon: string;
  /** The key that takes it in hand. */
  key: string;
  /** How many points the mouse sets, at most. */
  pointCount: number;
  /** It ends when the person says so; with fewer points than this there is none. */
  leastPoints?: number;
  /** Through points set in drawing order; those still missing lie on the last one. */
  through(points: Point[]): S;
  /** In the order in which they are drawn with the mouse, then the others. */
  handles(shape: S): Handle[];
  /** With one of its handles elsewhere. Left out: each handle is the field of its name. */
  withHandle?(shape: S, name: string, point: Point): S;
  /**
   * The lines on a screen. Curves are sampled in image coordinates and projected point by point, so that any rotation, flip or pixel
   * shape comes out right. `scale`: pixels in a CSS pixel.
   */
  outline(shape: S, project: Project, scale: number): Point[][];
  /** What lies inside is what was measured: no label may cover it. */
  isArea: boolean;
  /** Words of its own, written where they begin; they stand beside it instead of values. */
  text?: {
    at(shape: S): Point;
    of(shape: S): string;
    put(shape: S, text: string): S;
  };
  /** Something of it that can be switched on and off. */
  toggle?: {
    id: 'march';
    key: string;
    icon: string;
    isOn(shape: S): boolean;
    turned(shape: S): S;
  };
}

export const handlesNamed = <S extends Shape>(shape: S, ...names: (keyof S & string)[]): Handle[] =>
  names.map((name) => ({ name, point: shape[name] as Point }));
