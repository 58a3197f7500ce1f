import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Command } from '../viewer/viewer.ts';
import { keyName } from './keys.ts';
import './menu.css';

/** A drop-down of commands: arrows move, Enter chooses, Escape closes. */
export function Menu({ command }: { command: Command }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const listId = useId();

  useEffect(() => {
    if (!open) return undefined;
    root.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
    const closeOutside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside, true);
    return () => document.removeEventListener('pointerdown', closeOutside, true);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items[(at - 1 + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={root} className="review-menu">
      <button
        ref={button}
        type="button"
        className="review-tool review-tool-worded"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={listId}
        data-testid={`command-${command.id}`}
        onClick={() => setOpen(!open)}
      >
        {command.label}
        <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div id={listId} role="menu" aria-label={command.label} className="review-menu-list" onKeyDown={onKeyDown}>
          {command.menu?.map((item) => (
            <button
              key={item.id}
              type="button"
              role="menuitemradio"
              aria-checked={item.pressed === true}
              className="review-menu-item"
              data-testid={`command-${item.id}`}
              onClick={() => {
                item.run();
                close();
              }}
            >
              <span>{item.label}</span>
              {item.keys[0] && <kbd>{keyName(item.keys[0])}</kbd>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
