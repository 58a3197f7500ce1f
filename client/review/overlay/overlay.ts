import i18next from 'i18next';
import type { Point } from '../../../server/contract/picture.ts';
import type { Annotation, Shape } from '../../../server/contract/review.ts';
import { type Measurement, measureWith } from '../../shapes/measurement.ts';
import type { Project } from '../../shapes/shape-type.ts';
import { handlesOf, isOutside, outlineOf } from '../../shapes/shapes.ts';
import type { Size } from '../../viewer/affine.ts';
import { createSignal } from '../../viewer/signal.ts';
import type { Paint, Tool, Unsubscribe, Viewer } from '../../viewer/viewer.ts';
import type { ReviewSession } from '../session.ts';
import { type AnnotationNode, createAnnotationNode } from './annotation-node.ts';
import { assignColours, colourOn } from './colours.ts';
import { DRAFT_ID, draftOf } from './draft-annotation.ts';
import { createEditing } from './editing.ts';
import { calibrationsOf, labelLines, measurementText } from './label.ts';
import { layoutPlates, type Plate, type PlateRequest } from './label-layout.ts';
import { createObstacles } from './obstacles.ts';
import { paintAnnotations } from './paint.ts';
import { circled, plateRequest } from './plates.ts';
import { drawPointers } from './pointer-nodes.ts';
import { createSvg, setAttributes } from './svg.ts';

export interface OverlayParts {
  stage: HTMLElement;
  viewer: Viewer;
  session: ReviewSession;
  accountId: string;
}

export interface Overlay {
  readonly tool: Tool | undefined;
  /** What the left mouse button does to marks; undefined: nothing, it belongs to the viewer. */
  setTool(tool: Tool | undefined): void;
  /** The tool or the selection changed. */
  onState(listener: () => void): Unsubscribe;
  readonly selected: string | undefined;
  /** The annotation that is selected, where it is on the picture that is shown. */
  selection(): Annotation | undefined;
  /** All marks are out of sight, until something is drawn or shown again. */
  readonly hidden: boolean;
  setHidden(hidden: boolean): void;
  /** Chosen as if by a click. */
  choose(annotationId: string): void;
  /** Nothing is chosen any more; the keys go to the picture again. */
  leave(): void;
  /** Whether what can be switched of the selected shape is on (a caliper marches out); undefined: none is selected. */
  readonly toggled: boolean | undefined;
  toggle(): void;
  /** Ends a polygon; else puts the tool's shape into the middle, for whoever works without a mouse. */
  insert(): void;
  /** Leaves what was begun, then the selection, then the tool. False where there was nothing to leave. */
  escape(): boolean;
  /** The annotations of the picture that is shown. */
  annotations(): Annotation[];
  /** One line each, as the report and the list of marks name them. */
  textOf(annotation: Annotation): string;
  /** Numbers that stand before the labels, by annotation; undefined: none. */
  setNumbers(numbers: ReadonlyMap<string, number> | undefined): void;
  /** The colour of what the person draws and points with. */
  colourOf(accountId: string): string;
  /** Draws these into an exported picture, numbered in their order. */
  paintOf(annotations: Annotation[]): Paint;
  dispose(): void;
}

/** Letters of nine points on paper are read as well as larger ones on a screen, and hide less. */
const PRINT_SIZE = 0.86;

/** Everything that lies on the picture: annotations, their values, the shape being drawn, the others' pointers. */
export function createOverlay({ stage, viewer, session, accountId }: OverlayParts): Overlay {
  const annotationGroup = createSvg('g');
  const pointerGroup = createSvg('g');
  const ground = viewer.ground ?? 'dark';
  const svg = createSvg('svg', { class: 'review-overlay', 'data-testid': 'review-overlay', 'data-ground': ground }, [
    annotationGroup,
    pointerGroup,
  ]);
  const nodes = new Map<string, AnnotationNode>();
  const states = createSignal<void>();
  /** Values of shapes that cannot change any more: a shape is replaced, never altered. */
  const measured = new WeakMap<Shape, Measurement>();
  let colours = new Map<string, string>();
  let frame: number | undefined;
  let hidden = false;
  let plates = new Map<string, Plate>();
  let numbers: ReadonlyMap<string, number> | undefined;
  const calibration = document.createElement('div');
  calibration.className = 'review-calibration';
  calibration.dataset['testid'] = 'calibration';
  calibration.dataset['ground'] = ground;
  stage.append(svg, calibration);

  const annotations = (): Annotation[] => {
    const target = viewer.viewport?.target;
    return target ? session.annotations((other) => viewer.isSame(other, target)) : [];
  };
  const editing = createEditing({
    stage,
    svg,
    viewer,
    session,
    annotations,
    redraw: schedule,
    labelCentre(annotationId) {
      const plate = plates.get(annotationId);
      return plate && { x: plate.x + plate.width / 2, y: plate.y + plate.height / 2 };
    },
    focus(annotationId) {
      redraw();
      nodes.get(annotationId)?.element.focus({ preventScroll: true });
    },
    onState() {
      if (editing.tool !== undefined) hidden = false;
      // At once: the next press must draw already, however long a frame takes on this computer.
      setAttributes(svg, { 'data-tool': editing.tool ?? null });
      states.emit();
    },
  });
  const measure = (shape: Shape): Measurement => {
    const known = measured.get(shape);
    if (known) return known;
    const measurement = measureWith(viewer.measures(), shape);
    if (!measurement.pending) measured.set(shape, measurement);
    return measurement;
  };
  const colourOf = (id: string): string => colours.get(id) ?? '#ffffff';
  const drawnColourOf = (id: string): string => colourOn(ground, colourOf(id));
  const recolour = (): void => {
    const authors = session.annotations(() => true).map((annotation) => annotation.authorId);
    colours = assignColours([accountId, ...session.state.peers.map((peer) => peer.accountId), ...authors]);
    schedule();
  };

  const marksOf = (shape: Shape): Point[] =>
    (viewer.marks?.(shape) ?? []).flatMap((point) => viewer.toScreen(point) ?? []);

  const linesOf = (shape: Shape, annotationId: string): string[] => {
    const lines = labelLines(shape, measure(shape));
    const number = numbers?.get(annotationId);
    return number === undefined ? lines : [`${circled(number)} ${lines[0] ?? ''}`.trimEnd(), ...lines.slice(1)];
  };
  const requestOf =
    (project: Project, size: Size) =>
    ({ shape, about: { annotationId } }: { shape: Shape; about: Annotation }): PlateRequest[] => {
      const lines = linesOf(shape, annotationId);
      if (lines.length === 0 || isOutside(outlineOf(shape, project), size)) return [];
      return [plateRequest(annotationId, shape, lines, project)];
    };
  const nodeOf = (annotationId: string): AnnotationNode => {
    const known = nodes.get(annotationId);
    if (known) return known;
    const node = createAnnotationNode(annotationId);
    nodes.set(annotationId, node);
    annotationGroup.append(node.element);
    return node;
  };

  const inTheWay = createObstacles(viewer, stage);

  function schedule(): void {
    frame ??= requestAnimationFrame(redraw);
  }
  function redraw(): void {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    const project: Project | undefined = viewer.viewport && ((point) => viewer.toScreen(point) ?? point);
    const shown = project && !hidden ? annotations() : [];
    const gone = new Set(nodes.keys());
    const size = { width: stage.clientWidth, height: stage.clientHeight };
    const drawn = shown.flatMap((about) => {
      const shape = editing.edited(about.annotationId) ?? about.shape;
      return shape ? [{ shape, about }] : [];
    });
    if (editing.draft && viewer.viewport)
      drawn.push({ shape: editing.draft, about: draftOf(editing.draft, viewer.viewport.target, accountId) });
    // What has no place in what is shown now must not be drawn where it would mean something else.
    const placed = drawn.filter(({ shape }) => handlesOf(shape).every(({ point }) => viewer.toScreen(point)));
    if (project)
      plates = layoutPlates(
        placed.flatMap(requestOf(project, size)),
        size,
        1,
        plates,
        placed.length > 0 ? inTheWay() : [],
      );
    for (const { shape, about } of placed) {
      if (!project) break;
      const { annotationId, authorName, revision } = about;
      gone.delete(annotationId);
      const measurement = measure(shape);
      const content = {
        shape,
        colour: drawnColourOf(about.authorId),
        lines: linesOf(shape, annotationId),
        marks: marksOf(shape),
        values: measurement.values,
        description: `${measurementText(shape, measurement)} · ${authorName}`,
        selected: editing.selected === annotationId,
        unsent: session.isUnsent(annotationId),
        local: session.isLocal(annotationId),
        editable: annotationId !== DRAFT_ID && session.mayChange(about),
        revision,
      };
      nodeOf(annotationId).draw(content, project, plates.get(annotationId));
    }
    const rests = calibrationsOf(placed.map(({ shape }) => measure(shape))).join(i18next.t('review:measure.separator'));
    if (calibration.textContent !== rests) calibration.textContent = rests;
    for (const annotationId of gone) {
      nodes.get(annotationId)?.element.remove();
      nodes.delete(annotationId);
    }
    const target = viewer.viewport?.target;
    const pointers = target ? session.pointers().filter((pointer) => viewer.isSame(pointer.target, target)) : [];
    if (project) drawPointers(pointerGroup, pointers, project, drawnColourOf);
    setAttributes(svg, { 'data-tool': editing.tool ?? null, 'data-revision': session.state.revision });
  }

  const pointAt = (event: PointerEvent): void => {
    const target = viewer.viewport?.target;
    const box = stage.getBoundingClientRect();
    const point = viewer.toImage({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (target && point) session.point(target, point);
  };
  const pointNowhere = (): void => {
    const target = viewer.viewport?.target;
    if (target) session.point(target, null);
  };
  stage.addEventListener('pointermove', pointAt);
  stage.addEventListener('pointerleave', pointNowhere);
  const subscriptions = [
    viewer.onDraw(redraw),
    session.onBoard(recolour),
    session.onPointers(schedule),
    session.onState(recolour),
  ];
  i18next.on('languageChanged', schedule);
  recolour();

  return {
    get tool() {
      return editing.tool;
    },
    setTool: editing.setTool,
    onState: states.on,
    get selected() {
      return editing.selected;
    },
    selection: editing.selection,
    choose: editing.choose,
    leave: editing.leave,
    get hidden() {
      return hidden;
    },
    setHidden(next) {
      hidden = next;
      if (hidden) {
        editing.setTool(undefined);
        editing.leave();
      }
      redraw();
      states.emit();
    },
    insert: editing.insert,
    get toggled() {
      return editing.toggled;
    },
    toggle: editing.toggle,
    escape: editing.escape,
    annotations,
    textOf: ({ shape }) => (shape ? measurementText(shape, measure(shape)) : ''),
    setNumbers(next) {
      numbers = next;
      schedule();
    },
    colourOf,
    paintOf: (kept) => (context, toCanvas, scale) =>
      paintAnnotations(context, toCanvas, scale * PRINT_SIZE, kept, {
        ground,
        colourOf: drawnColourOf,
        linesOf: (shape) => labelLines(shape, measure(shape)),
        marksOf: (shape) => viewer.marks?.(shape) ?? [],
        inTheWay: viewer.inTheWay?.() ?? [],
        calibrations: calibrationsOf(kept.flatMap(({ shape }) => (shape ? [measure(shape)] : []))),
      }),
    dispose() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      for (const unsubscribe of subscriptions) unsubscribe();
      i18next.off('languageChanged', schedule);
      stage.removeEventListener('pointermove', pointAt);
      stage.removeEventListener('pointerleave', pointNowhere);
      editing.dispose();
      calibration.remove();
      svg.remove();
    },
  };
}
