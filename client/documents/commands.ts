import i18next from 'i18next';
import type { Command, Gestures } from '../review/viewer.ts';

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

const ICONS = {
  pan: 'M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3',
  previous: 'M14.500 6l-6 6 6 6',
  next: 'M9.500 6l6 6-6 6',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M8 8h8v8H8z',
  fitWidth: 'M3 5v14M21 5v14M6 12h12M9 9l-3 3 3 3M15 9l3 3-3 3',
  actualSize: 'M5 7l2-1v12M17 7l2-1v12M12 9.500v.5M12 14v.5',
  rotateLeft: 'M4 5v5h5M4.500 10A8 8 0 1 1 4 13.500',
  rotateRight: 'M20 5v5h-5M19.500 10A8 8 0 1 0 20 13.500',
};

type IconName = keyof typeof ICONS;
type HiddenName = 'first' | 'last' | 'zoomIn' | 'zoomOut' | 'up' | 'down' | 'left' | 'right';

const PAN_STEP = 0.15;

/** Everything one can do with a document, in the order of the toolbar. */
export function documentCommands(parts: CommandsParts): Command[] {
  const { page, pageCount, turnTo } = parts;
  const label = (id: IconName | HiddenName): string => i18next.t(`documents:command.${id}`);
  const act = (id: IconName, keys: string[], run: () => void, group = 'arrange'): Command => {
    return { id, group, label: label(id), icon: ICONS[id], keys, run };
  };
  const hidden = (id: HiddenName, keys: string[], run: () => void): Command => {
    return { id, group: 'move', label: label(id), keys, hidden: true, run };
  };
  const turning =
    pageCount > 1
      ? [
          act('previous', ['PageUp', 'ArrowLeft'], () => turnTo(page - 1), 'page'),
          act('next', ['PageDown', 'ArrowRight', ' '], () => turnTo(page + 1), 'page'),
          hidden('first', ['Home'], () => turnTo(1)),
          hidden('last', ['End'], () => turnTo(pageCount)),
        ]
      : [
          hidden('left', ['ArrowLeft'], () => parts.pan(-PAN_STEP, 0)),
          hidden('right', ['ArrowRight'], () => parts.pan(PAN_STEP, 0)),
        ];
  return [
    {
      ...act('pan', ['p'], () => undefined, 'mode'),
      word: i18next.t('documents:word.pan'),
      // The only mode there is: choosing it puts an annotation tool away.
      pressed: true,
      mode: true,
    },
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
