import type { Shape } from '../../server/contract/review.ts';
import type { Command } from './viewer.ts';

export const TOOL_KEYS: Record<Shape['kind'], string> = {
  length: 'l',
  angle: 'a',
  ellipse: 'e',
  polygon: 'y',
  caliper: 'c',
  qt: 'q',
  arrow: 't',
};
/** Lets the selected caliper march out, or not. */
export const MARCH_KEY = 'm';
export const KEY_IMAGE_KEY = 'k';
export const FOLLOW_KEY = 'g';
export const PRESENT_KEY = 'b';
export const HELP_KEY = '?';

/** How a key is written for people. */
export function keyName(key: string): string {
  const arrows: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };
  return arrows[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** The command that the key runs, drop-downs included. */
export function commandForKey(commands: Command[], key: string): Command | undefined {
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  return commands.flatMap((command) => [command, ...(command.menu ?? [])]).find(({ keys }) => keys.includes(wanted));
}

/** Keys belong to whoever is typing, and to the browser with Ctrl, Alt or the command key. */
export function isForReview(event: KeyboardEvent, panel: HTMLElement): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return false;
  if (target.closest('input, textarea, select, [contenteditable], dialog, [role="menu"]')) return false;
  return target === document.body || panel.contains(target);
}
