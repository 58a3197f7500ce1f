import i18next from 'i18next';
import type { Command } from '../viewer/viewer.ts';

/** Takes marks in hand: to choose, move and delete them. */
export const SELECT_KEY = 'x';
export const HIDE_KEY = 'h';
export const KEY_IMAGE_KEY = 'k';
export const FOLLOW_KEY = 'g';
export const PRESENT_KEY = 'b';
export const HELP_KEY = '?';

/** How a key is written for people. */
export function keyName(key: string): string {
  const arrows: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };
  if (key === ' ') return i18next.t('review:space');
  return arrows[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** The command that the key runs, drop-downs included. */
export function commandForKey(commands: Command[], key: string): Command | undefined {
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  return commands.flatMap((command) => [command, ...(command.menu ?? [])]).find(({ keys }) => keys.includes(wanted));
}

/** Ctrl+Z takes back, Ctrl+Y and Ctrl+Shift+Z do it again; on a Mac with Command. */
export function stepForKey({
  key,
  ctrlKey,
  metaKey,
  shiftKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): 'undo' | 'redo' | undefined {
  if (altKey || ctrlKey === metaKey) return undefined;
  const letter = key.toLowerCase();
  if (letter === 'y' && !shiftKey) return 'redo';
  if (letter !== 'z') return undefined;
  return shiftKey ? 'redo' : 'undo';
}

/** Keys belong to whoever is typing, and to the browser with Ctrl, Alt or the command key. */
export function isForReview(event: KeyboardEvent, panel: HTMLElement): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && isNotTyping(event, panel);
}

/** Nobody types or chooses, and the page's own keys are not another part's. */
export function isNotTyping(event: KeyboardEvent, panel: HTMLElement): boolean {
  const { target } = event;
  if (event.defaultPrevented) return false;
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return false;
  if (target.closest('input, textarea, select, [contenteditable], dialog, [role="menu"]')) return false;
  // A focused button is pressed by the space bar, whatever else it does.
  if (event.key === ' ' && target.closest('button, a, [role="button"]')) return false;
  return target === document.body || panel.contains(target);
}
