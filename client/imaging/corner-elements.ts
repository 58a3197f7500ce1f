import type { CornerTexts } from './corners.ts';

type Place = 'top-left' | 'top-right' | 'bottom-left' | 'left' | 'right' | 'top' | 'bottom';

export interface CornerElements {
  draw(texts: CornerTexts | undefined): void;
  dispose(): void;
}

/** The texts around the picture as elements above it; they let every press through. */
export function createCornerElements(stage: HTMLElement): CornerElements {
  const root = document.createElement('div');
  root.className = 'picture-corners';
  const places = new Map<Place, HTMLElement>();
  for (const place of ['top-left', 'top-right', 'bottom-left', 'left', 'right', 'top', 'bottom'] as const) {
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
  stage.append(root);

  const write = (place: Place, text: string): void => {
    const element = places.get(place);
    if (element && element.textContent !== text) element.textContent = text;
  };
  return {
    draw(texts) {
      root.hidden = !texts;
      if (!texts) return;
      write('top-left', texts.topLeft.join('\n'));
      write('top-right', texts.topRight.join('\n'));
      write('bottom-left', texts.bottomLeft.join('\n'));
      write('left', texts.left);
      write('right', texts.right);
      write('top', texts.top);
      write('bottom', texts.bottom);
      bar.hidden = !texts.scale;
      bar.style.width = `${texts.scale?.lengthPx ?? 0}px`;
      if (bar.textContent !== texts.scale?.label) bar.textContent = texts.scale?.label ?? '';
    },
    dispose: () => root.remove(),
  };
}
