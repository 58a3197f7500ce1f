import i18next from 'i18next';
import type { Command } from '../review/viewer.ts';
import {
  type EcgLayout,
  GAINS,
  type GainMmPerMv,
  LAYOUTS,
  type PaperSetting,
  SPEEDS,
  type SpeedMmPerS,
} from './paper.ts';

export interface CommandsParts {
  setting: PaperSetting;
  set(change: Partial<PaperSetting>): void;
  /** Names of the record's groups. */
  groups: string[];
  group: number;
  setGroup(index: number): void;
  /** The record is longer than a sheet. */
  hasPages: boolean;
  page(pages: 1 | -1): void;
  scroll(seconds: number): void;
  goTo(place: 'first' | 'last'): void;
  /** Over the sheet, in parts of the window. */
  look(across: number, down: number): void;
  fit(): void;
  trueSize(): void;
  isTrueSize: boolean;
  zoom(factor: number): void;
  calibrate(): void;
  print(): void;
  deviceOpen: boolean;
  setDeviceOpen(open: boolean): void;
}

const ICONS = {
  previousPage: 'M14 6l-6 6 6 6M18 5v14',
  nextPage: 'M10 6l6 6-6 6M6 5v14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M8 8h8v8H8z',
  trueSize: 'M3 8h18v8H3zM7 8v3M11 8v4M15 8v3M19 8v4',
  calibrate: 'M3 6h18v12H3zM3 10h18M6 14h4',
  print: 'M7 9V4h10v5M5 9h14v7h-3M8 16H5V9M8 13h8v7H8z',
  device: 'M3 12h4l2-6 4 12 2-6h6',
};

const LOOK_STEP = 0.1;
const ZOOM_STEP = 1.25;
const LAYOUT_KEYS: Record<EcgLayout, string> = { '3x4+1': '1', '6x2': '2', '12x1': '3' };
const SPEED_KEYS: Record<SpeedMmPerS, string> = { 25: '4', 50: '5' };
const GAIN_KEYS: Record<GainMmPerMv, string> = { 5: '6', 10: '7', 20: '8' };
/** The rhythm, the median beat, and whatever else a device may add. */
const GROUP_KEYS = ['9', '0'];

/** Everything one can do with an ECG, in the order of the toolbar. */
export function ecgCommands(parts: CommandsParts): Command[] {
  const { setting, set } = parts;
  const menu = <T>(
    id: string,
    choices: readonly T[],
    chosen: T,
    about: (choice: T, index: number) => { label: string; key: string | undefined },
    choose: (choice: T) => void,
  ): Command => {
    const items = choices.map((choice, index): Command => {
      const { label, key } = about(choice, index);
      return {
        id: `${id}-${choice}`,
        group: 'setting',
        label,
        keys: key === undefined ? [] : [key],
        pressed: choice === chosen,
        run: () => choose(choice),
      };
    });
    const label = items.find(({ pressed }) => pressed)?.label ?? '';
    return { id, group: 'setting', label, keys: [], menu: items, run: () => undefined };
  };
  const act = (
    id: keyof typeof ICONS,
    group: string,
    key: string | undefined,
    run: () => void,
    more = {},
  ): Command => ({
    id,
    group,
    label: i18next.t(`ecg:command.${id}`),
    icon: ICONS[id],
    keys: key === undefined ? [] : [key],
    run,
    ...more,
  });
  const word = (id: keyof typeof ICONS & WordName) => ({ word: i18next.t(`ecg:word.${id}`) });
  const hidden = (id: HiddenName, keys: string[], run: () => void): Command => ({
    id,
    group: 'move',
    label: i18next.t(`ecg:command.${id}`),
    keys,
    hidden: true,
    run,
  });
  const groups = parts.groups.map((_, index) => index);
  return [
    menu(
      'layout',
      LAYOUTS,
      setting.layout,
      (layout) => ({ label: i18next.t(`ecg:layout.${layout}`), key: LAYOUT_KEYS[layout] }),
      (layout) => set({ layout }),
    ),
    menu(
      'speed',
      SPEEDS,
      setting.speedMmPerS,
      (speed) => ({ label: `${speed} mm/s`, key: SPEED_KEYS[speed] }),
      (speedMmPerS) => set({ speedMmPerS }),
    ),
    menu(
      'gain',
      GAINS,
      setting.gainMmPerMv,
      (gain) => ({ label: `${gain} mm/mV`, key: GAIN_KEYS[gain] }),
      (gainMmPerMv) => set({ gainMmPerMv }),
    ),
    ...(groups.length > 1
      ? [
          menu(
            'group',
            groups,
            parts.group,
            (_, index) => ({ label: parts.groups[index] ?? '', key: GROUP_KEYS[index] }),
            parts.setGroup,
          ),
        ]
      : []),
    ...(parts.hasPages
      ? [
          act('previousPage', 'page', 'PageUp', () => parts.page(-1)),
          act('nextPage', 'page', 'PageDown', () => parts.page(1)),
        ]
      : []),
    act('fit', 'size', 'f', parts.fit, word('fit')),
    act('trueSize', 'size', 'o', parts.trueSize, { ...word('trueSize'), pressed: parts.isTrueSize }),
    act('calibrate', 'size', undefined, parts.calibrate),
    act('device', 'device', 'd', () => parts.setDeviceOpen(!parts.deviceOpen), {
      ...word('device'),
      pressed: parts.deviceOpen,
    }),
    act('print', 'device', undefined, parts.print),
    hidden('back', [';'], () => parts.scroll(-1)),
    hidden('on', ["'"], () => parts.scroll(1)),
    hidden('first', ['Home'], () => parts.goTo('first')),
    hidden('last', ['End'], () => parts.goTo('last')),
    hidden('left', ['ArrowLeft'], () => parts.look(-LOOK_STEP, 0)),
    hidden('right', ['ArrowRight'], () => parts.look(LOOK_STEP, 0)),
    hidden('up', ['ArrowUp'], () => parts.look(0, -LOOK_STEP)),
    hidden('down', ['ArrowDown'], () => parts.look(0, LOOK_STEP)),
    hidden('zoomIn', ['+', '='], () => parts.zoom(ZOOM_STEP)),
    hidden('zoomOut', ['-'], () => parts.zoom(1 / ZOOM_STEP)),
  ];
}

type WordName = 'fit' | 'trueSize' | 'device';
type HiddenName = 'back' | 'on' | 'first' | 'last' | 'left' | 'right' | 'up' | 'down' | 'zoomIn' | 'zoomOut';
