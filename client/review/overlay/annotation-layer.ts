import type { Point } from '../../../server/contract/picture.ts';
import type { Target } from '../../../server/contract/picture-kinds.ts';
import type { Annotation, Shape } from '../../../server/contract/review.ts';
import type { Measurement } from '../../shapes/measurement.ts';
import { isOutside, outlineOf } from '../../shapes/shapes.ts';
import type { Size } from '../../viewer/affine.ts';
import type { Viewer } from '../../viewer/viewer.ts';
import type { ReviewSession } from '../session.ts';
import { type AnnotationNode, createAnnotationNode, type NodeContent } from './annotation-node.ts';
import { labelLines, measurementText } from './label.ts';
import { layoutPlates, type Plate, type PlateRequest } from './label-layout.ts';
import { createObstacles } from './obstacles.ts';
import { circled, plateRequest } from './plates.ts';
import { createSvg } from './svg.ts';

const DRAFT_ID = 'draft';

/** What is being drawn, as if it were there already. */
export function draftOf(shape: Shape, target: Target, accountId: string): Annotation {
  const about = { consultationId: '', revision: 0, authorName: '', changedAt: '' };
  return { ...about, annotationId: DRAFT_ID, authorId: accountId, target, shape };
}

/** A shape as it is seen now, under the hand perhaps, and the annotation that it is of. */
export interface SeenMark {
  shape: Shape;
  about: Annotation;
}

export interface AnnotationLayerParts {
  lightbox: HTMLElement;
  viewer: Viewer;
  session: ReviewSession;
  measure(shape: Shape): Measurement;
  colourOf(authorId: string): string;
}

/** The marks on the picture and their labels, none of which covers another. */
export class AnnotationLayer {
  readonly element = createSvg('g');
  /** Numbers that stand before the labels, by annotation; undefined: none. */
  numbers: ReadonlyMap<string, number> | undefined;
  readonly #parts: AnnotationLayerParts;
  readonly #inTheWay: () => readonly Point[];
  readonly #nodes = new Map<string, AnnotationNode>();
  #plates = new Map<string, Plate>();

  constructor(parts: AnnotationLayerParts) {
    this.#parts = parts;
    this.#inTheWay = createObstacles(parts.viewer, parts.lightbox);
  }

  /** Draws these and takes away all others. All their points have a place on the screen. */
  draw(marks: readonly SeenMark[], selected: string | undefined): void {
    if (this.#parts.viewer.viewport) this.#placeLabels(marks);
    const gone = new Set(this.#nodes.keys());
    for (const mark of marks) {
      const { annotationId } = mark.about;
      gone.delete(annotationId);
      const content = this.#contentOf(mark, selected);
      this.#nodeOf(annotationId).draw(content, this.#project, this.#plates.get(annotationId));
    }
    for (const annotationId of gone) {
      this.#nodes.get(annotationId)?.element.remove();
      this.#nodes.delete(annotationId);
    }
  }

  /** The middle of the annotation's label, on the screen. */
  labelCentre(annotationId: string): Point | undefined {
    const plate = this.#plates.get(annotationId);
    return plate && { x: plate.x + plate.width / 2, y: plate.y + plate.height / 2 };
  }

  focus(annotationId: string): void {
    this.#nodes.get(annotationId)?.element.focus({ preventScroll: true });
  }

  readonly #project = (point: Point): Point => this.#parts.viewer.toScreen(point) ?? point;

  #placeLabels(marks: readonly SeenMark[]): void {
    const { lightbox } = this.#parts;
    const size = { width: lightbox.clientWidth, height: lightbox.clientHeight };
    const requests = marks.flatMap((mark) => this.#requestOf(mark, size));
    this.#plates = layoutPlates(requests, size, 1, this.#plates, marks.length > 0 ? this.#inTheWay() : []);
  }

  #requestOf({ shape, about: { annotationId } }: SeenMark, size: Size): PlateRequest[] {
    const lines = this.#linesOf(shape, annotationId);
    if (lines.length === 0 || isOutside(outlineOf(shape, this.#project), size)) return [];
    return [plateRequest(annotationId, shape, lines, this.#project)];
  }

  #contentOf({ shape, about }: SeenMark, selected: string | undefined): NodeContent {
    const { viewer, session, measure, colourOf } = this.#parts;
    const { annotationId, authorId, authorName, revision } = about;
    const measurement = measure(shape);
    return {
      shape,
      colour: colourOf(authorId),
      lines: this.#linesOf(shape, annotationId),
      marks: (viewer.marks?.(shape) ?? []).flatMap((point) => viewer.toScreen(point) ?? []),
      values: measurement.values,
      description: `${measurementText(shape, measurement)} · ${authorName}`,
      selected: selected === annotationId,
      unsent: session.isUnsent(annotationId),
      local: session.isLocal(annotationId),
      editable: annotationId !== DRAFT_ID && session.mayChange(about),
      revision,
    };
  }

  #linesOf(shape: Shape, annotationId: string): string[] {
    const lines = labelLines(shape, this.#parts.measure(shape));
    const number = this.numbers?.get(annotationId);
    return number === undefined ? lines : [`${circled(number)} ${lines[0] ?? ''}`.trimEnd(), ...lines.slice(1)];
  }

  #nodeOf(annotationId: string): AnnotationNode {
    const known = this.#nodes.get(annotationId);
    if (known) return known;
    const node = createAnnotationNode(annotationId);
    this.#nodes.set(annotationId, node);
    this.element.append(node.element);
    return node;
  }
}
