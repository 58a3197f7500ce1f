import type { Point } from '../../../server/contract/picture.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';

type Attributes = Record<string, string | number | null>;

export function createSvg<N extends keyof SVGElementTagNameMap>(
  name: N,
  attributes: Attributes = {},
  children: SVGElement[] = [],
): SVGElementTagNameMap[N] {
  const element = document.createElementNS(NAMESPACE, name);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

/** Writes only what differs: most redraws change little. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

export function pathData(lines: Point[][]): string {
  return lines
    .map((line) => line.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join(''))
    .join('');
}
