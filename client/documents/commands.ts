import i18next from 'i18next';
import { ICONS as COMMON, commandMaker } from '../viewer/command-list.ts';
import type { Command, Gestures } from '../viewer/viewer.ts';

export interface CommandsParts {
  page: number;
  pageCount: number;
  turnTo(page: number): void;
  fit(): void;
  fitWidth(): void;
  actualSize(): void;
  rotate(degrees: 90 | -90): void;
  zoom(factor: number): void;
  /** The window moves over the page by parts of its own height. */
  pan(right: number, down: number): void;
}

const { pan, fit, actualSize, rotateLeft, rotateRight } = COMMON;
const ICONS = {
  pan,
  fit,
  actualSize,
  rotateLeft,
  rotateRight,
  previous: 'M14.500 6l-6 6 6 6',
  next: 'M9.500 6l6 6-6 6',
  fitWidth: 'M3 5v14M21 5v14M6 12h12M9 9l-3 3 3 3M15 9l3 3-3 3',
};

type IconName = keyof typeof ICONS;
type HiddenName = 'first' | 'last' | 'zoomIn' | 'zoomOut' | 'up' | 'down' | 'left' | 'right';

const PAN_STEP = 0.15;

/** Everything one can do with a document, in the order of the toolbar. */
export function documentCommands(parts: CommandsParts): Command[] {
  const { page, pageCount, turnTo } = parts;
  const { act, hidden } = commandMaker<IconName | HiddenName, IconName>(
    (id) => i18next.t(`documents:command.${id}`),
    ICONS,
  );
  const turning =
    pageCount > 1
      ? [
          act('previous', ['PageUp', 'ArrowLeft'], () => turnTo(page - 1), { group: 'page' }),
          act('next', ['PageDown', 'ArrowRight', ' '], () => turnTo(page + 1), { group: 'page' }),
          hidden('first', ['Home'], () => turnTo(1)),
          hidden('last', ['End'], () => turnTo(pageCount)),
        ]
      : [
          hidden('left', ['ArrowLeft'], () => parts.pan(-PAN_STEP, 0)),
          hidden('right', ['ArrowRight'], () => parts.pan(PAN_STEP, 0)),
        ];
  return [
    // The only mode there is: choosing it puts an annotation tool away.
    act('pan', ['p'], () => undefined, {
      group: 'mode',
      word: i18next.t('documents:word.pan'),
      pressed: true,
      mode: true,
    }),
    ...turning,
    act('fit', ['f'], parts.fit),
    act('fitWidth', ['\\'], parts.fitWidth),
    act('actualSize', ['o'], parts.actualSize),
    act('rotateLeft', [','], () => parts.rotate(-90)),
    act('rotateRight', ['.'], () => parts.rotate(90)),
    hidden('zoomIn', ['+', '='], () => parts.zoom(1.25)),
    hidden('zoomOut', ['-'], () => parts.zoom(0.8)),
    hidden('up', ['ArrowUp'], () => parts.pan(0, -PAN_STEP)),
    hidden('down', ['ArrowDown'], () => parts.pan(0, PAN_STEP)),
  ];
}

/** What the mouse and fingers do, for the help sheet. */
export function documentGestures(): Gestures {
  const t = i18next.getFixedT(null, 'documents');
  return {
    left: t('gesture.pan'),
    middle: t('gesture.pan'),
    right: t('gesture.dragZoom'),
    wheel: t('gesture.read'),
    ctrlWheel: t('gesture.zoom'),
    shiftWheel: t('gesture.sideways'),
    touch: t('gesture.touch'),
  };
}
