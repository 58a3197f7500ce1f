import type { PointerMoved } from '../../../server/contract/review.ts';
import type { Project } from '../../shapes/shape-type.ts';
import { createSvg, setAttributes } from './svg.ts';

/** Draws the others' pointers, each with its owner's name and colour, into the group. */
export function drawPointers(
  group: SVGGElement,
  pointers: PointerMoved[],
  project: Project,
  colourOf: (accountId: string) => string,
): void {
  const nodes = new Map([...group.children].map((node) => [node.getAttribute('data-peer-id'), node]));
  for (const { peerId, accountId, name, point } of pointers) {
    if (!point) continue;
    const node = nodes.get(peerId) ?? createPointer(group, peerId, name);
    nodes.delete(peerId);
    const { x, y } = project(point);
    const colour = colourOf(accountId);
    setAttributes(node, {
      transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})`,
      fill: colour,
      'data-x': point.x.toFixed(3),
      'data-y': point.y.toFixed(3),
    });
  }
  for (const node of nodes.values()) node.remove();
}

function createPointer(group: SVGGElement, peerId: string, name: string): SVGGElement {
  const label = createSvg('text', { class: 'remote-pointer-name', x: 14, y: 30 });
  label.textContent = name;
  const node = createSvg(
    'g',
    { class: 'remote-pointer', 'data-testid': 'remote-pointer', 'data-peer-id': peerId, 'aria-hidden': 'true' },
    [
      createSvg('path', {
        class: 'remote-pointer-arrow',
        d: 'M0 0 L0 19 L5 14.500 L8.500 22 L12 20.300 L8.500 13 L15 13 Z',
      }),
      label,
    ],
  );
  group.append(node);
  return node;
}
