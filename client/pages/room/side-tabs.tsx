import { type ReactNode, useId, useRef, useState } from 'react';

export interface SideTab {
  id: string;
  label: string;
  /** Read out and shown after the label. */
  badge?: { count: number; text: string } | undefined;
  content: ReactNode;
}

/** Tabs whose panels, once opened, stay alive: what is being written in one is not lost by looking at another. */
export function SideTabs({
  tabs,
  selected,
  onSelect,
}: {
  tabs: SideTab[];
  selected: string;
  onSelect: (id: string) => void;
}) {
  const prefix = useId();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set([selected]));
  if (!opened.has(selected)) setOpened(new Set([...opened, selected]));
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const move = (by: number) => {
    const index = tabs.findIndex(({ id }) => id === selected);
    const next = tabs[(index + by + tabs.length) % tabs.length];
    if (!next) return;
    onSelect(next.id);
    buttons.current.get(next.id)?.focus();
  };
  return (
    <div className="side-tabs">
      <div className="side-tabs-list" role="tablist">
        {tabs.map(({ id, label, badge }) => (
          <button
            key={id}
            ref={(element) => {
              if (element) buttons.current.set(id, element);
              else buttons.current.delete(id);
            }}
            type="button"
            role="tab"
            id={`${prefix}-${id}`}
            aria-controls={`${prefix}-${id}-panel`}
            aria-selected={id === selected}
            tabIndex={id === selected ? 0 : -1}
            data-testid={`tab-${id}`}
            onClick={() => onSelect(id)}
            onKeyDown={({ key }) => {
              if (key === 'ArrowRight') move(1);
              else if (key === 'ArrowLeft') move(-1);
            }}
          >
            {label}
            {badge && badge.count > 0 && (
              <span className="side-tabs-badge numbers" data-testid={`badge-${id}`}>
                <span aria-hidden="true">{badge.count > 99 ? '99+' : badge.count}</span>
                <span className="visually-hidden">{badge.text}</span>
              </span>
            )}
          </button>
        ))}
      </div>
      {tabs.map(({ id, content }) => (
        <div
          key={id}
          className="side-tabs-panel"
          role="tabpanel"
          id={`${prefix}-${id}-panel`}
          aria-labelledby={`${prefix}-${id}`}
          hidden={id !== selected}
        >
          {opened.has(id) && content}
        </div>
      ))}
    </div>
  );
}
