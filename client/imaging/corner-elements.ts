import type { CornerLine } from './corner-lines.ts';
import type { CornerTexts } from './corners.ts';

type Place = 'top-left' | 'top-right' | 'bottom-left' | 'probe' | 'left' | 'right' | 'top' | 'bottom';

export interface CornerElements {
  draw(texts: CornerTexts | undefined): void;
  /** What lies under the pointer; '': nothing. */
  probe(text: string): void;
  dispose(): void;
}

/** The texts around the picture as elements above it; they let every press through. */
export function createCornerElements(lightbox: HTMLElement): CornerElements {
  const root = document.createElement('div');
  root.className = 'picture-corners';
  const places = new Map<Place, HTMLElement>();
  for (const place of ['top-left', 'top-right', 'bottom-left', 'probe', 'left', 'right', 'top', 'bottom'] as const) {
    const element = document.createElement('div');
    element.className = `picture-corner picture-corner-${place}`;
    element.dataset['testid'] = `corner-${place}`;
    places.set(place, element);
    root.append(element);
  }
  const bar = document.createElement('div');
  bar.className = 'picture-scale-bar';
  bar.dataset['testid'] = 'scale-bar';
  root.append(bar);
  lightbox.append(root);

  const write = (place: Place, lines: CornerLine[]): void => {
    const element = places.get(place);
    const wanted = JSON.stringify(lines);
    if (!element || element.dataset['lines'] === wanted) return;
    element.dataset['lines'] = wanted;
    element.replaceChildren(...lines.flatMap(toElements));
  };
  const line = (text: string): CornerLine[] => (text === '' ? [] : [{ text }]);
  return {
    draw(texts) {
      root.hidden = !texts;
      if (!texts) return;
      write('top-left', texts.topLeft);
      write('top-right', texts.topRight);
      write(
        'bottom-left',
        texts.bottomLeft.map((text) => ({ text })),
      );
      write('left', line(texts.left));
      write('right', line(texts.right));
      write('top', line(texts.top));
      write('bottom', line(texts.bottom));
      bar.hidden = !texts.scale;
      bar.style.width = `${texts.scale?.lengthPx ?? 0}px`;
      if (bar.textContent !== texts.scale?.label) bar.textContent = texts.scale?.label ?? '';
    },
    probe: (text) => write('probe', line(text)),
    dispose: () => root.remove(),
  };
}

/** Lines are parted by a line break too, for whoever copies or reads the text. */
function toElements({ text, warning }: CornerLine, index: number): Node[] {
  const element = document.createElement('span');
  element.className = warning ? 'picture-corner-line picture-corner-warning' : 'picture-corner-line';
  element.textContent = text;
  return index === 0 ? [element] : [document.createTextNode('\n'), element];
}
