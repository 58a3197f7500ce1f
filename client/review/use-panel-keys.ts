import { type RefObject, useEffect, useEffectEvent } from 'react';
import { togglesOf, typeNamed } from '../shapes/shapes.ts';
import {
  commandForKey,
  FOLLOW_KEY,
  HELP_KEY,
  HIDE_KEY,
  isForReview,
  isNotTyping,
  KEY_IMAGE_KEY,
  PRESENT_KEY,
  SELECT_KEY,
  stepForKey,
} from './keys.ts';
import type { DeskAndSession } from './use-desk.ts';

export interface PanelActs {
  remove(): void;
  step(direction: 'undo' | 'redo'): void;
  help(): void;
  /** Shows or hides the list of measurements. */
  list(): void;
  listOpen: boolean;
  /** undefined: there is no opinion to put one into. */
  keyImage: (() => void) | undefined;
  mayLead: boolean;
}

/** The keys of the review panel, wherever in it the focus is; each has one meaning on every kind of picture. */
export function usePanelKeys(
  panel: RefObject<HTMLElement | null>,
  opened: DeskAndSession | undefined,
  solo: boolean,
  acts: PanelActs,
): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!opened || !panel.current) return;
    const step = stepForKey(event);
    if (step && isNotTyping(event, panel.current)) acts.step(step);
    else if (!isForReview(event, panel.current) || !run(event, opened, solo, acts)) return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** @returns false where the key means nothing here. */
function run(event: KeyboardEvent, { desk, session }: DeskAndSession, solo: boolean, acts: PanelActs): boolean {
  const { overlay } = desk;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const onLightbox = event.target instanceof Element && event.target.closest('.review-lightbox') !== null;
  const tool = desk.tools.find((name) => typeNamed(name).key === key);
  const command = commandForKey(desk.commands(), event.key);
  const inHand = (next: typeof desk.tool): void => desk.setTool(desk.tool === next ? undefined : next);
  if (command) {
    if (command.mode) desk.setTool(undefined);
    command.run();
  } else if (tool) inHand(tool);
  else if (key === SELECT_KEY) inHand('select');
  else if (key === HIDE_KEY) overlay?.setHidden(!overlay.hidden);
  else if (key === 'Enter' && onLightbox && desk.tool) overlay?.insert();
  else if (overlay?.toggled !== undefined && togglesOf(desk.tools).some((one) => one.key === key)) overlay.toggle();
  else if (key === 'Delete' || key === 'Backspace') acts.remove();
  else if (key === 'Escape') return overlay?.escape() ?? false;
  else if (key === HELP_KEY) acts.help();
  else if (key === KEY_IMAGE_KEY && acts.keyImage) acts.keyImage();
  else if (key === FOLLOW_KEY && !solo) {
    if (session.state.following) session.unfollow();
    else session.follow();
  } else if (key === PRESENT_KEY && !solo && acts.mayLead) session.ask();
  else return false;
  return true;
}
