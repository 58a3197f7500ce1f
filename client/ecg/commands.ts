import i18next from 'i18next';
import { ICONS as COMMON, commandMaker, menuOf } from '../viewer/command-list.ts';
import type { Command } from '../viewer/viewer.ts';
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
  fit: COMMON.fit,
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
  const { act, hidden } = commandMaker<keyof typeof ICONS | HiddenName, keyof typeof ICONS>(
    (id) => i18next.t(`ecg:command.${id}`),
    ICONS,
  );
  const word = (id: WordName) => ({ word: i18next.t(`ecg:word.${id}`) });
  return [
    ...settingMenus(parts),
    ...(parts.hasPages
      ? [
          act('previousPage', ['PageUp'], () => parts.page(-1), { group: 'page' }),
          act('nextPage', ['PageDown'], () => parts.page(1), { group: 'page' }),
        ]
      : []),
    act('fit', ['f'], parts.fit, { group: 'size', ...word('fit') }),
    act('trueSize', ['o'], parts.trueSize, { group: 'size', ...word('trueSize'), pressed: parts.isTrueSize }),
    act('calibrate', [], parts.calibrate, { group: 'size' }),
    act('device', ['d'], () => parts.setDeviceOpen(!parts.deviceOpen), {
      group: 'device',
      ...word('device'),
      pressed: parts.deviceOpen,
    }),
    act('print', [], parts.print, { group: 'device' }),
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

/** How the sheet is drawn, and which group of the record. */
function settingMenus({ setting, set, ...parts }: CommandsParts): Command[] {
  const groups = parts.groups.map((_, index) => index);
  return [
    choicesOf(LAYOUTS, setting.layout, {
      id: 'layout',
      label: (layout) => i18next.t(`ecg:layout.${layout}`),
      key: (layout) => LAYOUT_KEYS[layout],
      choose: (layout) => set({ layout }),
    }),
    choicesOf(SPEEDS, setting.speedMmPerS, {
      id: 'speed',
      label: (speed) => `${speed} mm/s`,
      key: (speed) => SPEED_KEYS[speed],
      choose: (speedMmPerS) => set({ speedMmPerS }),
    }),
    choicesOf(GAINS, setting.gainMmPerMv, {
      id: 'gain',
      label: (gain) => `${gain} mm/mV`,
      key: (gain) => GAIN_KEYS[gain],
      choose: (gainMmPerMv) => set({ gainMmPerMv }),
    }),
    ...(groups.length > 1
      ? [
          choicesOf(groups, parts.group, {
            id: 'group',
            label: (index) => parts.groups[index] ?? '',
            key: (index) => GROUP_KEYS[index],
            choose: parts.setGroup,
          }),
        ]
      : []),
  ];
}

interface Choosing<T> {
  id: string;
  label(choice: T): string;
  key(choice: T): string | undefined;
  choose(choice: T): void;
}

/** A drop-down that says what is chosen. */
function choicesOf<T>(choices: readonly T[], chosen: T, { id, label, key, choose }: Choosing<T>): Command {
  const items = choices.map((choice): Command => {
    const own = key(choice);
    return {
      id: `${id}-${choice}`,
      group: 'setting',
      label: label(choice),
      keys: own === undefined ? [] : [own],
      pressed: choice === chosen,
      run: () => choose(choice),
    };
  });
  return menuOf(id, 'setting', items.find(({ pressed }) => pressed)?.label ?? '', items);
}

type WordName = 'fit' | 'trueSize' | 'device';
type HiddenName = 'back' | 'on' | 'first' | 'last' | 'left' | 'right' | 'up' | 'down' | 'zoomIn' | 'zoomOut';
