import i18next from 'i18next';
import type { FrameState } from './frame-store.ts';

export interface SliceSlider {
  readonly element: HTMLElement;
  /** `index` from 0; `gaps`: pictures after which others are missing. */
  draw(index: number, states: FrameState[], gaps: number[]): void;
}

const COLOURS: Record<FrameState, string> = {
  absent: '#2a2d30',
  loading: '#5b4a1d',
  full: '#4d5a60',
  failed: '#7d2f2a',
};

const GAP_COLOUR = '#ffcc66';

/** Where one is in the stack, and which pictures are there already. */
export function createSliceSlider(onSlide: (index: number) => void): SliceSlider {
  const element = document.createElement('div');
  element.className = 'slice-slider';
  element.dataset['testid'] = 'slice-slider';
  element.tabIndex = 0;
  element.setAttribute('role', 'slider');
  element.setAttribute('aria-orientation', 'vertical');
  element.setAttribute('aria-valuemin', '1');
  const marks = document.createElement('canvas');
  marks.width = 1;
  const thumb = document.createElement('div');
  thumb.className = 'slice-slider-thumb';
  element.append(marks, thumb);
  const context = marks.getContext('2d');
  let count = 0;

  const slide = (event: PointerEvent): void => {
    const box = element.getBoundingClientRect();
    const part = (event.clientY - box.top) / box.height;
    onSlide(Math.min(count - 1, Math.max(0, Math.floor(part * count))));
  };
  element.addEventListener('pointerdown', (event) => {
    event.stopPropagation();
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    slide(event);
  });
  element.addEventListener('pointermove', (event) => {
    if (element.hasPointerCapture(event.pointerId)) slide(event);
  });
  return {
    element,
    draw(index, states, gaps) {
      element.hidden = states.length < 2;
      element.setAttribute('aria-label', i18next.t('imaging:slider'));
      element.setAttribute('aria-valuemax', String(states.length));
      element.setAttribute('aria-valuenow', String(index + 1));
      if (count !== states.length) {
        count = states.length;
        marks.height = Math.max(1, count);
      }
      thumb.style.top = `${(index / Math.max(1, count)) * 100}%`;
      thumb.style.height = `${100 / Math.max(1, count)}%`;
      if (!context) return;
      for (const [row, state] of states.entries()) {
        context.fillStyle = COLOURS[state];
        context.fillRect(0, row, 1, 1);
      }
      context.fillStyle = GAP_COLOUR;
      for (const row of gaps) context.fillRect(0, row, 1, 1);
    },
  };
}
