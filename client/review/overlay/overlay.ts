import i18next from 'i18next';
import type { Annotation, Shape } from '../../../server/contract/review.ts';
import { createMeasuring, type Measurement } from '../../shapes/measurement.ts';
import { handlesOf } from '../../shapes/shapes.ts';
import { createRedraw, type Redraw } from '../../viewer/redraw.ts';
import { createSignal } from '../../viewer/signal.ts';
import type { Paint, Tool, Unsubscribe, Viewer } from '../../viewer/viewer.ts';
import type { ReviewSession } from '../session.ts';
import { AnnotationLayer, draftOf, type SeenMark } from './annotation-layer.ts';
import { createPeopleColours, type PeopleColours } from './colours.ts';
import { createEditing, type Editing } from './editing.ts';
import { calibrationsOf, labelLines, measurementText } from './label.ts';
import { tellOwnPointer } from './own-pointer.ts';
import { paintAnnotations } from './paint.ts';
import { drawPointers } from './pointer-nodes.ts';
import { createSvg, setAttributes } from './svg.ts';

export interface OverlayParts {
  lightbox: HTMLElement;
  viewer: Viewer;
  session: ReviewSession;
  accountId: string;
}

/** Letters of nine points on paper are read as well as larger ones on a screen, and hide less. */
const PRINT_SIZE = 0.86;

/** Everything that lies on the picture: annotations, their values, the shape being drawn, the others' pointers. */
export class Overlay {
  readonly #parts: OverlayParts;
  readonly #ground: 'dark' | 'light';
  readonly #states = createSignal<void>();
  readonly #measure: (shape: Shape) => Measurement;
  readonly #colours: PeopleColours;
  readonly #marks: AnnotationLayer;
  readonly #pointers = createSvg('g');
  readonly #svg: SVGSVGElement;
  readonly #calibration: HTMLElement;
  readonly #editing: Editing;
  readonly #redraw: Redraw;
  readonly #subscriptions: Unsubscribe[];
  #hidden = false;

  constructor(parts: OverlayParts) {
    const { lightbox, viewer, session, accountId } = parts;
    this.#parts = parts;
    this.#ground = viewer.ground ?? 'dark';
    this.#measure = createMeasuring(() => viewer.measures());
    this.#colours = createPeopleColours(session, accountId, this.#ground);
    this.#marks = new AnnotationLayer({ ...parts, measure: this.#measure, colourOf: this.#colours.onPicture });
    this.#svg = createSvg(
      'svg',
      { class: 'review-overlay', 'data-testid': 'review-overlay', 'data-ground': this.#ground },
      [this.#marks.element, this.#pointers],
    );
    this.#calibration = createCalibration(this.#ground);
    lightbox.append(this.#svg, this.#calibration);
    this.#redraw = createRedraw(() => this.#draw());
    this.#editing = this.#createEditing();
    this.#subscriptions = [
      tellOwnPointer(lightbox, viewer, session),
      viewer.onDraw(this.#redraw.now),
      session.onBoard(() => this.#recolour()),
      session.onPointers(this.#redraw.schedule),
      session.onState(() => this.#recolour()),
    ];
    this.#recolour();
  }

  get tool(): Tool | undefined {
    return this.#editing.tool;
  }

  /** What the left mouse button does to marks; undefined: nothing, it belongs to the viewer. */
  setTool(tool: Tool | undefined): void {
    this.#editing.setTool(tool);
  }

  /** The tool or the selection changed. */
  onState(listener: () => void): Unsubscribe {
    return this.#states.on(listener);
  }

  get selected(): string | undefined {
    return this.#editing.selected;
  }

  /** The annotation that is selected, where it is on the picture that is shown. */
  selection(): Annotation | undefined {
    return this.#editing.selection();
  }

  /** Chosen as if by a click. */
  choose(annotationId: string): void {
    this.#editing.choose(annotationId);
  }

  /** Nothing is chosen any more; the keys go to the picture again. */
  leave(): void {
    this.#editing.leave();
  }

  /** All marks are out of sight, until something is drawn or shown again. */
  get hidden(): boolean {
    return this.#hidden;
  }

  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
    if (hidden) {
      this.#editing.setTool(undefined);
      this.#editing.leave();
    }
    this.#redraw.now();
    this.#states.emit();
  }

  /** Whether what can be switched of the selected shape is on (a caliper marches out); undefined: none is selected. */
  get toggled(): boolean | undefined {
    return this.#editing.toggled;
  }

  toggle(): void {
    this.#editing.toggle();
  }

  /** Ends a polygon; else puts the tool's shape into the middle, for whoever works without a mouse. */
  insert(): void {
    this.#editing.insert();
  }

  /** Leaves what was begun, then the selection, then the tool. False where there was nothing to leave. */
  escape(): boolean {
    return this.#editing.escape();
  }

  /** The annotations of the picture that is shown. */
  annotations(): Annotation[] {
    const { viewer, session } = this.#parts;
    const target = viewer.viewport?.target;
    return target ? session.annotations((other) => viewer.isSame(other, target)) : [];
  }

  /** One line each, as the report and the list of marks name them. */
  textOf({ shape }: Annotation): string {
    return shape ? measurementText(shape, this.#measure(shape)) : '';
  }

  /** Numbers that stand before the labels, by annotation; undefined: none. */
  setNumbers(numbers: ReadonlyMap<string, number> | undefined): void {
    this.#marks.numbers = numbers;
    this.#redraw.schedule();
  }

  /** The colour of what the person draws and points with. */
  colourOf(accountId: string): string {
    return this.#colours.of(accountId);
  }

  /** Draws these into an exported picture, numbered in their order. */
  paintOf(annotations: Annotation[]): Paint {
    const { viewer } = this.#parts;
    return (context, toCanvas, scale) =>
      paintAnnotations(context, toCanvas, scale * PRINT_SIZE, annotations, {
        ground: this.#ground,
        colourOf: this.#colours.onPicture,
        linesOf: (shape) => labelLines(shape, this.#measure(shape)),
        marksOf: (shape) => viewer.marks?.(shape) ?? [],
        inTheWay: viewer.inTheWay?.() ?? [],
        calibrations: this.#calibrations(annotations.flatMap(({ shape }) => shape ?? [])),
      });
  }

  dispose(): void {
    this.#redraw.dispose();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#editing.dispose();
    this.#calibration.remove();
    this.#svg.remove();
  }

  #createEditing(): Editing {
    return createEditing({
      ...this.#parts,
      svg: this.#svg,
      annotations: () => this.annotations(),
      redraw: this.#redraw.schedule,
      labelCentre: (annotationId) => this.#marks.labelCentre(annotationId),
      focus: (annotationId) => {
        this.#redraw.now();
        this.#marks.focus(annotationId);
      },
      onState: () => {
        if (this.tool !== undefined) this.#hidden = false;
        // At once: the next press must draw already, however long a frame takes on this computer.
        setAttributes(this.#svg, { 'data-tool': this.tool ?? null });
        this.#states.emit();
      },
    });
  }

  #recolour(): void {
    this.#colours.assign();
    this.#redraw.schedule();
  }

  #draw(): void {
    const { session } = this.#parts;
    const seen = this.#seen();
    this.#marks.draw(seen, this.selected);
    const rests = this.#calibrations(seen.map(({ shape }) => shape)).join(i18next.t('review:measure.separator'));
    if (this.#calibration.textContent !== rests) this.#calibration.textContent = rests;
    this.#drawPointers();
    setAttributes(this.#svg, { 'data-tool': this.tool ?? null, 'data-revision': session.state.revision });
  }

  /** What has no place in what is shown now must not be drawn where it would mean something else. */
  #seen(): SeenMark[] {
    const { viewer, accountId } = this.#parts;
    const { draft } = this.#editing;
    if (!viewer.viewport) return [];
    const marks = (this.#hidden ? [] : this.annotations()).flatMap((about) => {
      const shape = this.#editing.edited(about.annotationId) ?? about.shape;
      return shape ? [{ shape, about }] : [];
    });
    if (draft) marks.push({ shape: draft, about: draftOf(draft, viewer.viewport.target, accountId) });
    return marks.filter(({ shape }) => handlesOf(shape).every(({ point }) => viewer.toScreen(point)));
  }

  #drawPointers(): void {
    const { viewer, session } = this.#parts;
    const target = viewer.viewport?.target;
    if (!target) return;
    const here = session.pointers().filter((pointer) => viewer.isSame(pointer.target, target));
    drawPointers(this.#pointers, here, (point) => viewer.toScreen(point) ?? point, this.#colours.onPicture);
  }

  /** What the values of these shapes rest on. */
  #calibrations(shapes: Shape[]): string[] {
    return calibrationsOf(shapes.map((shape) => this.#measure(shape)));
  }
}

function createCalibration(ground: 'dark' | 'light'): HTMLElement {
  const element = document.createElement('div');
  element.className = 'review-calibration';
  element.dataset['testid'] = 'calibration';
  element.dataset['ground'] = ground;
  return element;
}
