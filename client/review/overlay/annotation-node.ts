import type { Point } from '../../../server/contract/picture.ts';
import type { Shape } from '../../../server/contract/review.ts';
import { markLines } from '../../shapes/caliper.ts';
import type { MeasuredValue } from '../../shapes/measurement.ts';
import type { Project } from '../../shapes/shape-type.ts';
import { handlesOf, outlineOf } from '../../shapes/shapes.ts';
import type { Plate } from './label-layout.ts';
import { PLATE } from './plates.ts';
import { createSvg, pathData, setAttributes } from './svg.ts';

const HANDLE_PX = 5;
const HANDLE_REACH_PX = 11;

export interface NodeContent {
  shape: Shape;
  colour: string;
  lines: string[];
  /** On the screen: what the shape marks besides its own points. */
  marks: Point[];
  values: MeasuredValue[];
  /** What a screen reader says. */
  description: string;
  selected: boolean;
  /** Not acknowledged by the server yet. */
  unsent: boolean;
  /** Nobody else has it. */
  local: boolean;
  editable: boolean;
  revision: number;
}

export interface AnnotationNode {
  readonly element: SVGGElement;
  /** `plate`: where the label lies; undefined: it has none, or nothing of the shape is in sight. */
  draw(content: NodeContent, project: Project, plate: Plate | undefined): void;
}

/** The elements of one annotation. They stay the same over every redraw, so that focus and pointer capture survive. */
export function createAnnotationNode(annotationId: string): AnnotationNode {
  const halo = createSvg('path', { class: 'annotation-halo' });
  const line = createSvg('path', { class: 'annotation-line' });
  const marks = createSvg('path', { class: 'annotation-marks', 'data-testid': 'annotation-marks' });
  const reach = createSvg('path', { class: 'annotation-reach' });
  const leader = createSvg('path', { class: 'annotation-leader' });
  const box = createSvg('rect', { class: 'annotation-plate', rx: PLATE.radius });
  const label = createSvg('text', { class: 'annotation-label' });
  const plateGroup = createSvg('g', { class: 'annotation-label-group', 'data-label': '' }, [box, label]);
  const handles = createSvg('g');
  const title = createSvg('title');
  const element = createSvg(
    'g',
    { class: 'annotation', 'data-testid': 'annotation', 'data-annotation-id': annotationId, role: 'group' },
    [title, halo, line, marks, reach, leader, plateGroup, handles],
  );
  let drawnLines: string[] | undefined;

  return {
    element,
    draw(content, project, plate) {
      const { shape, colour, lines, selected } = content;
      const outline = outlineOf(shape, project);
      const data = pathData(outline);
      for (const path of [halo, line, reach]) setAttributes(path, { d: data });
      setAttributes(line, { stroke: colour });
      setAttributes(marks, {
        d: pathData(markLines(content.marks)),
        stroke: colour,
        'data-count': content.marks.length,
      });
      // Of a shape that is out of sight no label may stick to the window's edge.
      for (const part of [plateGroup, leader]) setAttributes(part, { visibility: plate ? null : 'hidden' });
      setAttributes(label, { fill: colour });
      setAttributes(leader, { stroke: colour, d: plate?.leader ? pathData([[...plate.leader]]) : '' });
      setAttributes(element, {
        tabindex: 0,
        'aria-label': content.description,
        'data-kind': shape.kind,
        'data-revision': content.revision,
        'data-unsent': content.unsent ? '' : null,
        'data-local': content.local ? '' : null,
        'data-selected': selected ? '' : null,
        'data-editable': content.editable ? '' : null,
      });
      if (title.textContent !== content.description) title.textContent = content.description;
      for (const { quantity, value } of content.values) setAttributes(element, { [`data-${quantity}`]: value });
      if (lines.join('\n') !== drawnLines?.join('\n')) {
        drawnLines = lines;
        label.replaceChildren(
          ...lines.map((text) => {
            const span = createSvg('tspan');
            span.textContent = text;
            return span;
          }),
        );
      }
      if (plate) placeLabel(label, box, plate, colour);
      drawHandles(handles, selected && content.editable ? shape : undefined, project, colour);
    },
  };
}

function placeLabel(label: SVGTextElement, box: SVGRectElement, plate: Plate, colour: string): void {
  const { x, y, width, height } = plate;
  setAttributes(box, {
    x: x.toFixed(1),
    y: y.toFixed(1),
    width: width.toFixed(1),
    height: height.toFixed(1),
    stroke: colour,
  });
  for (const [index, span] of [...label.children].entries())
    setAttributes(span, {
      x: (x + PLATE.padX).toFixed(1),
      y: (y + PLATE.padY + (index + 0.75) * PLATE.linePx).toFixed(1),
    });
}

function drawHandles(group: SVGGElement, shape: Shape | undefined, project: Project, colour: string): void {
  const wanted = shape ? handlesOf(shape) : [];
  while (group.children.length > wanted.length) group.lastChild?.remove();
  for (const [index, { name, point }] of wanted.entries()) {
    let handle = group.children[index];
    if (!handle) {
      handle = createSvg('g', { class: 'annotation-handle', tabindex: 0, role: 'button' }, [
        createSvg('circle', { class: 'annotation-handle-reach', r: HANDLE_REACH_PX }),
        createSvg('circle', { class: 'annotation-handle-dot', r: HANDLE_PX }),
      ]);
      group.append(handle);
    }
    const { x, y } = project(point);
    setAttributes(handle, {
      transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})`,
      'data-handle': name,
      stroke: colour,
    });
  }
}
