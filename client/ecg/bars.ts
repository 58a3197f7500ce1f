import i18next from 'i18next';
import type { Captions } from './captions.ts';

export interface Bars {
  readonly top: HTMLElement;
  readonly bottom: HTMLElement;
  /** Where the state of the record goes. */
  readonly status: HTMLElement;
  draw(captions: Captions | undefined): void;
}

/** What stands above and below the paper, beside it and never on it: paper is light, and every place of it may be read. */
export function createBars(onCalibrate: () => void): Bars {
  const top = bar('top');
  const bottom = bar('bottom');
  const record = corner(top, 'top-left');
  const offScale = corner(top, 'off-scale');
  const status = corner(top, 'top-right');
  const setting = corner(bottom, 'bottom-left');
  const scale = corner(bottom, 'scale');
  const calibrate = document.createElement('button');
  calibrate.type = 'button';
  calibrate.className = 'ecg-calibrate';
  calibrate.dataset['testid'] = 'ecg-calibrate';
  calibrate.addEventListener('click', onCalibrate);
  calibrate.addEventListener('pointerdown', (event) => event.stopPropagation());
  calibrate.hidden = true;
  bottom.append(calibrate);
  const position = corner(bottom, 'bottom-right');

  return {
    top,
    bottom,
    status,
    draw(captions) {
      write(record, captions?.record ?? '');
      write(offScale, captions?.offScale ?? '');
      write(setting, captions?.setting ?? '');
      write(position, captions?.position ?? '');
      write(scale, captions?.scale.text ?? '');
      scale.dataset['kind'] = captions?.scale.kind ?? '';
      calibrate.hidden = captions?.scale.kind !== 'assumed';
      write(calibrate, i18next.t('ecg:corner.calibrate'));
    },
  };
}

function bar(place: 'top' | 'bottom'): HTMLElement {
  const element = document.createElement('div');
  element.className = `ecg-bar ecg-bar-${place}`;
  return element;
}

function corner(within: HTMLElement, place: string): HTMLElement {
  const element = document.createElement('span');
  element.className = `ecg-corner ecg-corner-${place}`;
  element.dataset['testid'] = `ecg-corner-${place}`;
  within.append(element);
  return element;
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent === text) return;
  element.textContent = text;
  // What a narrow window cuts off can still be read.
  element.title = text;
}
