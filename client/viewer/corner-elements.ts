import './corners.css';

/** A bar of a known length, CSS pixels, and what it says. */
export interface ScaleBar {
  lengthPx: number;
  label: string;
}

export interface CornerTexts<C extends string> {
  /** What stands in each corner, line by line. */
  lines: Record<C, string[]>;
  /** undefined: how large a pixel is is not known. Left out: this kind has none. */
  scale?: ScaleBar | undefined;
}

export interface CornerElements<C extends string> {
  draw(texts: CornerTexts<C> | undefined): void;
  dispose(): void;
}

/**
 * The texts around a picture as elements above it; they let every press through.
 * @param corners the place of each, by its name, which is its `data-testid` too.
 * @param bar the name of the scale bar, where this kind has one.
 */
export function createCornerElements<C extends string>(
  lightbox: HTMLElement,
  className: string,
  corners: Record<C, 'top-left' | 'bottom-left'>,
  bar?: string,
): CornerElements<C> {
  const root = document.createElement('div');
  root.className = `viewer-corners ${className}`;
  const elements = new Map<C, HTMLElement>();
  for (const name of Object.keys(corners) as C[]) {
    const element = createCorner(name, `viewer-corner viewer-corner-${corners[name]}`);
    elements.set(name, element);
    root.append(element);
  }
  const scaleBar = bar === undefined ? undefined : createCorner(bar, 'viewer-corner viewer-scale-bar');
  if (scaleBar) root.append(scaleBar);
  lightbox.append(root);
  return {
    draw(texts) {
      root.hidden = !texts;
      if (!texts) return;
      for (const [name, element] of elements) write(element, texts.lines[name].join('\n'));
      if (!scaleBar) return;
      scaleBar.hidden = !texts.scale;
      scaleBar.style.width = `${texts.scale?.lengthPx ?? 0}px`;
      write(scaleBar, texts.scale?.label ?? '');
    },
    dispose: () => root.remove(),
  };
}

function createCorner(name: string, className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  element.dataset['testid'] = name;
  return element;
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
