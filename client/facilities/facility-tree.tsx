import { Input } from 'antd';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { FacilityLine } from '../../server/contract/facility.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { aboveOf, matching, rowsOf, type TreeRow } from './tree-rows.ts';

/** The tree, by pointer and by keys as the ARIA pattern has them: arrows, Home, End, Enter. */
export function FacilityTree({ lines, chosenId }: { lines: readonly FacilityLine[]; chosenId: string | undefined }) {
  const t = useTexts();
  const [text, setText] = useState('');
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => firstOpen(lines));
  const kept = useMemo(() => matching(lines, text), [lines, text]);
  const open = useMemo(() => new Set([...opened, ...aboveOf(lines, chosenId)]), [opened, lines, chosenId]);
  const rows = rowsOf(lines, { open, kept });
  const toggle = (id: string, isOpen: boolean) =>
    setOpened(isOpen ? new Set([...open, id]) : new Set([...open].filter((one) => one !== id)));
  return (
    <>
      <search>
        <Input
          allowClear
          value={text}
          aria-label={t('administration:tree.search')}
          placeholder={t('administration:tree.search')}
          onChange={(event) => setText(event.target.value)}
        />
      </search>
      {rows.length === 0 ? (
        <p className="facilities-none">{t('administration:tree.noMatch')}</p>
      ) : (
        <Rows rows={rows} chosenId={chosenId} onToggle={toggle} />
      )}
    </>
  );
}

/** The top ones and what lies below them; more where there is little. */
function firstOpen(lines: readonly FacilityLine[]): Set<string> {
  const rows = rowsOf(lines, { open: new Set(lines.map(({ facilityId }) => facilityId)), kept: undefined });
  return new Set(rows.filter(({ level }) => level <= 2).map(({ line }) => line.facilityId));
}

function Rows({
  rows,
  chosenId,
  onToggle,
}: {
  rows: TreeRow[];
  chosenId: string | undefined;
  onToggle: (facilityId: string, isOpen: boolean) => void;
}) {
  const t = useTexts();
  const navigate = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string>();
  const isShown = (id: string | undefined) => rows.some(({ line }) => line.facilityId === id);
  const entry = [focused, chosenId].find(isShown) ?? rows[0]?.line.facilityId;
  const choose = (id: string) => void navigate(`/administration/facilities/${id}`);
  const focusOn = (row: TreeRow | undefined) => {
    if (!row) return;
    setFocused(row.line.facilityId);
    list.current?.querySelector<HTMLElement>(`[data-id="${row.line.facilityId}"]`)?.focus();
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, []);

  function onKeyDown(event: KeyboardEvent, index: number): void {
    const row = rows[index];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const parent = rows.slice(0, index).findLast(({ level }) => level < row.level);
    const moves: Record<string, () => void> = {
      ArrowDown: () => focusOn(rows[index + 1]),
      ArrowUp: () => focusOn(rows[index - 1]),
      Home: () => focusOn(rows[0]),
      End: () => focusOn(rows.at(-1)),
      ArrowRight: () =>
        row.isOpen === false ? onToggle(row.line.facilityId, true) : row.isOpen && focusOn(rows[index + 1]),
      ArrowLeft: () => (row.isOpen ? onToggle(row.line.facilityId, false) : focusOn(parent)),
      Enter: () => choose(row.line.facilityId),
      ' ': () => choose(row.line.facilityId),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  return (
    <div className="facility-tree" role="tree" aria-label={t('administration:tree.label')} ref={list}>
      {rows.map((row, index) => (
        <div
          key={row.line.facilityId}
          data-id={row.line.facilityId}
          role="treeitem"
          aria-level={row.level}
          aria-expanded={row.isOpen}
          aria-posinset={row.position}
          aria-setsize={row.siblings}
          aria-selected={row.line.facilityId === chosenId}
          tabIndex={row.line.facilityId === entry ? 0 : -1}
          style={{ paddingInlineStart: `${(row.level - 1) * 18 + 4}px` }}
          onFocus={() => setFocused(row.line.facilityId)}
          onKeyDown={(event) => onKeyDown(event, index)}
          onClick={() => choose(row.line.facilityId)}
        >
          <Arrow row={row} onToggle={onToggle} />
          <span className="facility-tree-name">{row.line.name}</span>
          {row.line.status !== 'active' && (
            <span className="facility-tree-status">{t(`administration:facility.statuses.${row.line.status}`)}</span>
          )}
        </div>
      ))}
    </div>
  );
}

/** For pointers; keys have their arrows. */
function Arrow({ row, onToggle }: { row: TreeRow; onToggle: (facilityId: string, isOpen: boolean) => void }) {
  if (row.isOpen === undefined) return <span className="facility-tree-arrow" aria-hidden="true" />;
  return (
    <span
      className="facility-tree-arrow"
      data-open={row.isOpen}
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation();
        onToggle(row.line.facilityId, !row.isOpen);
      }}
    >
      ▸
    </span>
  );
}
