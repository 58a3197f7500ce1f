import type { CornerTexts } from './corner-texts.ts';

export interface CornerElements {
  draw(texts: CornerTexts | undefined): void;
  dispose(): void;
}

/** The texts around the slide as elements above it; they let every press through. */
export function createCornerElements(stage: HTMLElement): CornerElements {
  const root = document.createElement('div');
  root.className = 'slide-corners';
  const about = createCorner('slide-about');
  const magnification = createCorner('slide-magnification');
  const bar = createCorner('slide-scale-bar');
  root.append(about, magnification, bar);
  stage.append(root);
  return {
    draw(texts) {
      root.hidden = !texts;
      if (!texts) return;
      write(about, texts.about.join('\n'));
      write(magnification, texts.magnification.join('\n'));
      bar.hidden = !texts.scale;
      bar.style.width = `${texts.scale?.lengthPx ?? 0}px`;
      write(bar, texts.scale?.label ?? '');
    },
    dispose: () => root.remove(),
  };
}

function createCorner(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  element.dataset['testid'] = name;
  return element;
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
