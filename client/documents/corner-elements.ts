import type { CornerTexts } from './corner-texts.ts';

export interface CornerElements {
  draw(texts: CornerTexts | undefined): void;
  dispose(): void;
}

/** The texts around the page as elements above it; they let every press through. */
export function createCornerElements(stage: HTMLElement): CornerElements {
  const root = document.createElement('div');
  root.className = 'document-corners';
  const about = createCorner('document-about');
  const zoom = createCorner('document-zoom');
  root.append(about, zoom);
  stage.append(root);
  return {
    draw(texts) {
      root.hidden = !texts;
      if (!texts) return;
      write(about, texts.about.join('\n'));
      write(zoom, texts.zoom.join('\n'));
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
