import { type RefObject, useEffect } from 'react';

const STEPS: Record<string, (index: number, count: number) => number> = {
  ArrowDown: (index, count) => Math.min(count - 1, index + 1),
  ArrowUp: (index) => Math.max(0, index - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** What uses the arrow keys itself, or lies above the page. */
const OWN_ARROWS =
  '[role="combobox"], [role="listbox"] *, input, textarea, select, [role="radiogroup"] *, [role="menu"] *, dialog, dialog *';

/**
 * Arrows walk through the lines of a table from anywhere on the page; each line's link takes the focus, so Enter opens it.
 * @param link the selector of a line's link. @param leaving a field from which the down arrow leads into the first line.
 */
export function useRowWalk(body: RefObject<HTMLElement | null>, link: string, leaving?: string): void {
  useEffect(() => {
    function walk(event: KeyboardEvent) {
      const step = STEPS[event.key];
      const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>(link) ?? [])];
      const { activeElement } = document;
      const leaves = leaving !== undefined && event.key === 'ArrowDown' && activeElement?.matches(leaving);
      if (!step || links.length === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      if (activeElement?.matches(OWN_ARROWS) && !leaves) return;
      event.preventDefault();
      links[step(links.indexOf(activeElement as HTMLAnchorElement), links.length)]?.focus();
    }
    document.addEventListener('keydown', walk);
    return () => document.removeEventListener('keydown', walk);
  }, [body, link, leaving]);
}
