import i18next from 'i18next';
import type { Quality } from '../../server/contract/review.ts';
import { describeSight } from '../viewer/describe.ts';
import { createStatusElement } from '../viewer/status-element.ts';
import { createBars } from './bars.ts';
import { captionsOf } from './captions.ts';
import { createDevicePanel } from './device-panel.ts';
import type { Reading } from './reading.ts';
import type { View } from './view.ts';

export interface SurroundingsParts {
  element: HTMLElement;
  reading: Reading;
  quality(): Quality | undefined;
  isDeviceOpen(): boolean;
  onRetry(): void;
  onCalibrate(): void;
  onCloseDevice(): void;
}

/** What stands around the paper: the bars with their captions, the state of the record, what the device wrote. */
export interface Surroundings {
  /** @param isDrawn the sheet is there. */
  draw(isDrawn: boolean): void;
  dispose(): void;
}

/**
 * Puts the pane with the paper between its bars into the element.
 * @param magnification of the paper on this screen; undefined: not known.
 */
export function createSurroundings(
  { element, reading, ...parts }: SurroundingsParts,
  pane: HTMLElement,
  magnification: (view: View) => number | undefined,
): Surroundings {
  const bars = createBars(parts.onCalibrate);
  element.append(bars.top, pane, bars.bottom);
  const status = createStatusElement({
    host: bars.status,
    picture: pane,
    className: 'ecg-quality',
    testId: 'ecg-quality',
    calm: [],
    onRetry: parts.onRetry,
  });
  const device = createDevicePanel(element, parts.onCloseDevice);
  return {
    draw(isDrawn) {
      const { view, ecg, group, opening } = reading;
      const isThere = isDrawn && view && ecg && group;
      bars.draw(isThere ? captionsOf({ view, ecg, group, magnification: magnification(view) }) : undefined);
      device.draw(parts.isDeviceOpen() ? ecg?.record.device : undefined);
      element.toggleAttribute('data-device-open', parts.isDeviceOpen());
      const quality = parts.quality();
      const state = quality?.state ?? (opening.failure ? 'failed' : 'loading');
      // A record is there as a whole or not at all.
      const words = state === 'preview' ? '' : i18next.t(`ecg:quality.${state}`);
      status.draw({ state, words, failure: opening.failure });
      describeSight(element, view, quality, ['recordId', 'group']);
    },
    dispose() {
      device.dispose();
      status.dispose();
      for (const bar of [bars.top, bars.bottom]) bar.remove();
    },
  };
}
