import i18next from 'i18next';
import { ICONS as COMMON, commandMaker, menuOf } from '../viewer/command-list.ts';
import type { Command, Gestures } from '../viewer/viewer.ts';
import type { Associated } from './associated-dialog.ts';

export interface CommandsParts {
  /** Empty where the size of a pixel is not known. */
  magnifications: { times: number; beyondScan: boolean; current: boolean }[];
  magnify(times: number): void;
  associated: Associated[];
  openAssociated(picture: Associated): void;
  navigatorVisible: boolean;
  toggleNavigator(): void;
  fit(): void;
  actualSize(): void;
  rotate(degrees: number): void;
  resetRotation(): void;
  zoom(factor: number): void;
  /** The window moves over the slide by parts of its own height. */
  pan(right: number, down: number): void;
}

const { pan, fit, actualSize, rotateLeft, rotateRight, upright: resetRotation } = COMMON;
const navigator = 'M3 5h18v14H3zM13 7.500h5.500v4.500H13z';
const ICONS = { pan, fit, actualSize, rotateLeft, rotateRight, resetRotation, navigator };

type IconName = keyof typeof ICONS;
type HiddenName = 'turnLeft' | 'turnRight' | 'zoomIn' | 'zoomOut' | 'up' | 'down' | 'left' | 'right';

const PAN_STEP = 0.15;

/** Everything one can do with a slide, in the order of the toolbar. */
export function pathologyCommands(parts: CommandsParts): Command[] {
  const { act, hidden } = commandMaker<IconName | HiddenName, IconName>(
    (id) => i18next.t(`pathology:command.${id}`),
    ICONS,
  );
  return [
    // The only mode there is: choosing it puts an annotation tool away.
    act('pan', ['p'], () => undefined, {
      group: 'mode',
      word: i18next.t('pathology:word.pan'),
      pressed: true,
      mode: true,
    }),
    ...(parts.magnifications.length > 0 ? [magnificationMenu(parts)] : []),
    act('fit', ['f'], parts.fit),
    act('actualSize', ['o'], parts.actualSize),
    act('rotateLeft', [','], () => parts.rotate(-90)),
    act('rotateRight', ['.'], () => parts.rotate(90)),
    act('resetRotation', ['r'], parts.resetRotation),
    act('navigator', ['n'], parts.toggleNavigator, { pressed: parts.navigatorVisible }),
    ...(parts.associated.length > 0 ? [associatedMenu(parts)] : []),
    hidden('turnLeft', ['<'], () => parts.rotate(-15)),
    hidden('turnRight', ['>'], () => parts.rotate(15)),
    hidden('zoomIn', ['+', '='], () => parts.zoom(1.25)),
    hidden('zoomOut', ['-'], () => parts.zoom(0.8)),
    hidden('up', ['ArrowUp'], () => parts.pan(0, -PAN_STEP)),
    hidden('down', ['ArrowDown'], () => parts.pan(0, PAN_STEP)),
    hidden('left', ['ArrowLeft'], () => parts.pan(-PAN_STEP, 0)),
    hidden('right', ['ArrowRight'], () => parts.pan(PAN_STEP, 0)),
  ];
}

function magnificationMenu({ magnifications, magnify }: CommandsParts): Command {
  const steps = magnifications.map(({ times, beyondScan, current }, index) => ({
    id: `magnification-${times}`,
    group: 'magnification',
    label: i18next.t(`pathology:step.${beyondScan ? 'beyondScan' : 'plain'}`, { times }),
    keys: [String(index + 1)],
    pressed: current,
    run: () => magnify(times),
  }));
  return menuOf('magnification', 'magnification', i18next.t('pathology:command.magnification'), steps);
}

function associatedMenu({ associated, openAssociated }: CommandsParts): Command {
  const pictures = associated.map((picture) => ({
    id: `associated-${picture.index}`,
    group: 'associated',
    label: i18next.t(`pathology:associated.${picture.kind}`),
    keys: [],
    run: () => openAssociated(picture),
  }));
  return menuOf('associated', 'associated', i18next.t('pathology:command.associated'), pictures);
}

/** What the mouse and fingers do, for the help sheet. */
export function pathologyGestures(): Gestures {
  const t = i18next.getFixedT(null, 'pathology');
  return {
    left: t('gesture.pan'),
    middle: t('gesture.pan'),
    right: t('gesture.dragZoom'),
    wheel: t('gesture.zoom'),
    ctrlWheel: t('gesture.zoom'),
    touch: t('gesture.touch'),
  };
}
