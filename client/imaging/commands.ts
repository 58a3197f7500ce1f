import i18next from 'i18next';
import type { VoiWindow } from '../../server/formats/image/image.ts';
import type { Command } from '../review/viewer.ts';
import type { CinePlayer } from './cine-player.ts';
import type { Mode } from './gestures.ts';
import { presetNames, presets } from './presets.ts';

export interface CommandsParts {
  mode: Mode;
  setMode(mode: Mode): void;
  /** HU, so that the presets mean something. */
  isCt: boolean;
  isGray: boolean;
  /** null: the file's own. */
  voi: VoiWindow | null;
  setVoi(voi: VoiWindow | null): void;
  inverted: boolean;
  flippedHorizontal: boolean;
  flippedVertical: boolean;
  /** null: the picture has none. */
  overlaysShown: boolean | null;
  toggleOverlays(): void;
  /** null: the picture has one frame. */
  cine: Pick<CinePlayer, 'toggle' | 'slower' | 'faster'> | null;
  invert(): void;
  rotate(degrees: number): void;
  flipSideways(): void;
  flipUpright(): void;
  fit(): void;
  actualSize(): void;
  reset(): void;
  zoom(factor: number): void;
  scrollBy(steps: number): void;
  scrollTo(place: 'first' | 'last'): void;
}

const ICONS = {
  window: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 7h6M12 11h9M12 15h7.500',
  scroll: 'M7 4h10v12H7zM4 8v12h10M12 7v6M9.500 10.500 12 13l2.500-2.500',
  pan: 'M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3',
  zoom: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 21 21M10.500 7.500v6M7.500 10.500h6',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M8 8h8v8H8z',
  actualSize: 'M5 7l2-1v12M17 7l2-1v12M12 9.500v.5M12 14v.5',
  reset: 'M12 4v5M9.500 6.500 12 4l2.500 2.500M5 9a8 8 0 1 0 14 0M12 13v4',
  invert: 'M4 4h16v16H4zM4 20 20 4M8 7v4M6 9h4M14 16h4',
  overlays: 'M12 3 3 8l9 5 9-5zM3 12l9 5 9-5M3 16l9 5 9-5',
  rotateRight: 'M20 5v5h-5M19.500 10A8 8 0 1 0 20 13.500',
  rotateLeft: 'M4 5v5h5M4.500 10A8 8 0 1 1 4 13.500',
  flipSideways: 'M12 3v18M9 7 3 17h6zM15 7l6 10h-6z',
  flipUpright: 'M3 12h18M7 9 17 3v6zM7 15l10 6v-6z',
};

/** Everything one can do with a CT, MR, X-ray or ultrasound picture, in the order of the toolbar. */
export function imagingCommands(parts: CommandsParts): Command[] {
  const label = (id: CommandName): string => i18next.t(`imaging:command.${id}`);
  const mode = (id: Mode, key: string): Command => ({
    id,
    group: 'mode',
    label: label(id),
    word: i18next.t(`imaging:word.${id}`),
    icon: ICONS[id],
    keys: [key],
    pressed: parts.mode === id,
    mode: true,
    run: () => parts.setMode(id),
  });
  const act = (id: CommandName & keyof typeof ICONS, keys: string[], run: () => void, pressed?: boolean): Command => ({
    id,
    group: 'arrange',
    label: label(id),
    icon: ICONS[id],
    keys,
    run,
    ...(pressed === undefined ? {} : { pressed }),
  });
  const hidden = (id: CommandName, keys: string[], run: () => void): Command => ({
    id,
    group: 'move',
    label: label(id),
    keys,
    hidden: true,
    run,
  });
  return [
    ...(parts.isGray ? [mode('window', 'w')] : []),
    mode('scroll', 's'),
    mode('pan', 'p'),
    mode('zoom', 'z'),
    ...(parts.isGray ? [windowMenu(parts)] : []),
    act('fit', ['f'], parts.fit),
    act('actualSize', ['o'], parts.actualSize),
    act('rotateLeft', [','], () => parts.rotate(-90)),
    act('rotateRight', ['.'], () => parts.rotate(90)),
    act('flipSideways', ['j'], parts.flipSideways, parts.flippedHorizontal),
    act('flipUpright', ['u'], parts.flipUpright, parts.flippedVertical),
    act('invert', ['i'], parts.invert, parts.inverted),
    ...(parts.overlaysShown === null ? [] : [act('overlays', ['`'], parts.toggleOverlays, parts.overlaysShown)]),
    act('reset', ['r'], parts.reset),
    ...cineCommands(parts.cine, hidden),
    hidden('previous', ['ArrowUp', 'ArrowLeft'], () => parts.scrollBy(-1)),
    hidden('next', ['ArrowDown', 'ArrowRight'], () => parts.scrollBy(1)),
    hidden('tenBack', ['PageUp'], () => parts.scrollBy(-10)),
    hidden('tenOn', ['PageDown'], () => parts.scrollBy(10)),
    hidden('first', ['Home'], () => parts.scrollTo('first')),
    hidden('last', ['End'], () => parts.scrollTo('last')),
    hidden('zoomIn', ['+', '='], () => parts.zoom(1.25)),
    hidden('zoomOut', ['-'], () => parts.zoom(0.8)),
  ];
}

/** The buttons are on the picture's own bar. */
function cineCommands(
  cine: CommandsParts['cine'],
  hidden: (id: CommandName, keys: string[], run: () => void) => Command,
): Command[] {
  if (cine === null) return [];
  return [
    hidden('play', [' '], cine.toggle),
    hidden('slower', ['['], cine.slower),
    hidden('faster', [']'], cine.faster),
  ];
}

type CommandName =
  | Mode
  | Exclude<keyof typeof ICONS, Mode>
  | 'play'
  | 'slower'
  | 'faster'
  | 'previous'
  | 'next'
  | 'tenBack'
  | 'tenOn'
  | 'first'
  | 'last'
  | 'zoomIn'
  | 'zoomOut';

function windowMenu({ isCt, voi, setVoi }: CommandsParts): Command {
  const chosen = (window: VoiWindow | null): boolean =>
    voi?.center === window?.center && voi?.width === window?.width && voi?.function === window?.function;
  const own: Command = {
    id: 'window-own',
    group: 'window',
    label: i18next.t('imaging:preset.own'),
    keys: ['0'],
    pressed: voi === null,
    run: () => setVoi(null),
  };
  const ct = presetNames.map((name, index): Command => {
    const { center, width } = presets[name];
    return {
      id: `window-${name}`,
      group: 'window',
      label: i18next.t(`imaging:preset.${name}`, { center, width }),
      keys: [String(index + 1)],
      pressed: chosen(presets[name]),
      run: () => setVoi(presets[name]),
    };
  });
  return {
    id: 'window-presets',
    group: 'window',
    label: i18next.t('imaging:command.presets'),
    keys: [],
    menu: isCt ? [own, ...ct] : [own],
    run: () => undefined,
  };
}
