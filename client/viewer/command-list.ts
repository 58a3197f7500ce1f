import type { Command } from './viewer.ts';

/** Line drawings of what several kinds of picture can do, in a box of 24 by 24. */
export const ICONS = {
  pan: 'M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M8 8h8v8H8z',
  actualSize: 'M5 7l2-1v12M17 7l2-1v12M12 9.500v.5M12 14v.5',
  rotateLeft: 'M4 5v5h5M4.500 10A8 8 0 1 1 4 13.500',
  rotateRight: 'M20 5v5h-5M19.500 10A8 8 0 1 0 20 13.500',
  upright: 'M12 4v5M9.500 6.500 12 4l2.500 2.500M5 9a8 8 0 1 0 14 0M12 13v4',
} as const;

export interface CommandMaker<Id extends string, Drawn extends Id> {
  /** A button with an icon. */
  act(id: Drawn, keys: string[], run: () => void, more?: Partial<Command>): Command;
  /** Keys only, listed in the help sheet. */
  hidden(id: Id, keys: string[], run: () => void): Command;
}

/** Commands of one kind of picture: `label` says what each is called. */
export function commandMaker<Id extends string, Drawn extends Id>(
  label: (id: Id) => string,
  icons: Record<Drawn, string>,
): CommandMaker<Id, Drawn> {
  return {
    act: (id, keys, run, more) => ({ id, group: 'arrange', label: label(id), icon: icons[id], keys, run, ...more }),
    hidden: (id, keys, run) => ({ id, group: 'move', label: label(id), keys, hidden: true, run }),
  };
}

/** A drop-down: its items are what runs. */
export function menuOf(id: string, group: string, label: string, menu: Command[]): Command {
  return { id, group, label, keys: [], menu, run: () => undefined };
}
