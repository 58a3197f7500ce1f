import i18next from 'i18next';
import type { VoiWindow } from '../../server/formats/image/image.ts';
import { ICONS as COMMON, commandMaker, menuOf } from '../viewer/command-list.ts';
import type { Command } from '../viewer/viewer.ts';
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

const { pan, fit, actualSize, rotateLeft, rotateRight, upright: reset } = COMMON;
const ICONS = {
  pan,
  fit,
  actualSize,
  rotateLeft,
  rotateRight,
  reset,
  window: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 7h6M12 11h9M12 15h7.500',
  scroll: 'M7 4h10v12H7zM4 8v12h10M12 7v6M9.500 10.500 12 13l2.500-2.500',
  zoom: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 21 21M10.500 7.500v6M7.500 10.500h6',
  invert: 'M4 4h16v16H4zM4 20 20 4M8 7v4M6 9h4M14 16h4',
  overlays: 'M12 3 3 8l9 5 9-5zM3 12l9 5 9-5M3 16l9 5 9-5',
  flipSideways: 'M12 3v18M9 7 3 17h6zM15 7l6 10h-6z',
  flipUpright: 'M3 12h18M7 9 17 3v6zM7 15l10 6v-6z',
};
type IconName = keyof typeof ICONS;

/** Everything one can do with a CT, MR, X-ray or ultrasound picture, in the order of the toolbar. */
export function imagingCommands(parts: CommandsParts): Command[] {
  const { act, hidden } = commandMaker<CommandName, IconName>((id) => i18next.t(`imaging:command.${id}`), ICONS);
  const mode = (id: Mode, key: string): Command =>
    act(id, [key], () => parts.setMode(id), {
      group: 'mode',
      word: i18next.t(`imaging:word.${id}`),
      pressed: parts.mode === id,
      mode: true,
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
    act('flipSideways', ['j'], parts.flipSideways, { pressed: parts.flippedHorizontal }),
    act('flipUpright', ['u'], parts.flipUpright, { pressed: parts.flippedVertical }),
    act('invert', ['i'], parts.invert, { pressed: parts.inverted }),
    ...(parts.overlaysShown === null
      ? []
      : [act('overlays', ['`'], parts.toggleOverlays, { pressed: parts.overlaysShown })]),
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
    hidden('play', [' '], () => cine.toggle()),
    hidden('slower', ['['], () => cine.slower()),
    hidden('faster', [']'], () => cine.faster()),
  ];
}

type CommandName =
  | IconName
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
  return menuOf('window-presets', 'window', i18next.t('imaging:command.presets'), isCt ? [own, ...ct] : [own]);
}
