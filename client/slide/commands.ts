import i18next from 'i18next';
import type { Command, Gestures } from '../review/viewer.ts';
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

const ICONS = {
  pan: 'M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M8 8h8v8H8z',
  actualSize: 'M5 7l2-1v12M17 7l2-1v12M12 9.500v.5M12 14v.5',
  rotateLeft: 'M4 5v5h5M4.500 10A8 8 0 1 1 4 13.500',
  rotateRight: 'M20 5v5h-5M19.500 10A8 8 0 1 0 20 13.500',
  resetRotation: 'M12 4v5M9.500 6.500 12 4l2.500 2.500M5 9a8 8 0 1 0 14 0M12 13v4',
  navigator: 'M3 5h18v14H3zM13 7.500h5.500v4.500H13z',
};

type IconName = keyof typeof ICONS;
type HiddenName = 'turnLeft' | 'turnRight' | 'zoomIn' | 'zoomOut' | 'up' | 'down' | 'left' | 'right';

const PAN_STEP = 0.15;

/** Everything one can do with a slide, in the order of the toolbar. */
export function pathologyCommands(parts: CommandsParts): Command[] {
  const label = (id: IconName | HiddenName): string => i18next.t(`pathology:command.${id}`);
  const act = (id: IconName, keys: string[], run: () => void): Command => {
    return { id, group: 'arrange', label: label(id), icon: ICONS[id], keys, run };
  };
  const hidden = (id: HiddenName, keys: string[], run: () => void): Command => {
    return { id, group: 'move', label: label(id), keys, hidden: true, run };
  };
  return [
    {
      ...act('pan', ['p'], () => undefined),
      group: 'mode',
      word: i18next.t('pathology:word.pan'),
      // The only mode there is: choosing it puts an annotation tool away.
      pressed: true,
      mode: true,
    },
    ...(parts.magnifications.length > 0 ? [magnificationMenu(parts)] : []),
    act('fit', ['f'], parts.fit),
    act('actualSize', ['o'], parts.actualSize),
    act('rotateLeft', [','], () => parts.rotate(-90)),
    act('rotateRight', ['.'], () => parts.rotate(90)),
    act('resetRotation', ['r'], parts.resetRotation),
    { ...act('navigator', ['n'], parts.toggleNavigator), pressed: parts.navigatorVisible },
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
  return {
    id: 'magnification',
    group: 'magnification',
    label: i18next.t('pathology:command.magnification'),
    keys: [],
    run: () => undefined,
    menu: magnifications.map(({ times, beyondScan, current }, index) => ({
      id: `magnification-${times}`,
      group: 'magnification',
      label: i18next.t(`pathology:step.${beyondScan ? 'beyondScan' : 'plain'}`, { times }),
      keys: [String(index + 1)],
      pressed: current,
      run: () => magnify(times),
    })),
  };
}

function associatedMenu({ associated, openAssociated }: CommandsParts): Command {
  return {
    id: 'associated',
    group: 'associated',
    label: i18next.t('pathology:command.associated'),
    keys: [],
    run: () => undefined,
    menu: associated.map((picture) => ({
      id: `associated-${picture.index}`,
      group: 'associated',
      label: i18next.t(`pathology:associated.${picture.kind}`),
      keys: [],
      run: () => openAssociated(picture),
    })),
  };
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
