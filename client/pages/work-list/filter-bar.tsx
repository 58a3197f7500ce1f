import { Input, type InputRef, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Urgency } from '../../../server/contract/case-kinds.ts';
import { type PictureKind, pictureKinds } from '../../../server/contract/picture-kinds.ts';
import { type WorkListDesk, type WorkListFilter, WorkListSort } from '../../../server/contract/work-list.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { isOfInputMethod } from '../../ui/enter-key.ts';

/** Typing stops for this long before the server is asked. */
const PAUSE_MS = 300;
/** Where `/` is a character. A chosen tab is an input as well, but nothing is typed into it. */
const TYPED_INTO = 'input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable]';
const KINDS = Object.keys(pictureKinds) as PictureKind[];

/** Search and filters of the work list. `/` leads into the search from anywhere on the page. */
export function FilterBar({
  filter,
  facilities,
  isNarrowed,
  narrow,
  clear,
}: {
  filter: WorkListFilter;
  facilities: WorkListDesk['facilities'];
  isNarrowed: boolean;
  narrow: (part: Partial<WorkListFilter>) => void;
  clear: () => void;
}) {
  const t = useTexts();
  return (
    <search className="list-filter">
      <SearchBox value={filter.search ?? ''} onSearch={(search) => narrow({ search })} />
      <Select
        className="list-filter-select"
        allowClear
        aria-label={t('workList:filter.urgency')}
        placeholder={t('workList:filter.urgency')}
        value={filter.urgency ?? null}
        onChange={(urgency) => narrow({ urgency: urgency ?? undefined })}
        options={Urgency.options.map((value) => ({ value, label: t(`terms:urgency.${value}`) }))}
      />
      <Select
        className="list-filter-select"
        allowClear
        aria-label={t('workList:filter.kind')}
        placeholder={t('workList:filter.kind')}
        value={filter.kind ?? null}
        onChange={(kind) => narrow({ kind: kind ?? undefined })}
        options={KINDS.map((value) => ({ value, label: t(`terms:pictureKind.${value}`) }))}
      />
      <Select
        className="list-filter-hospital"
        allowClear
        aria-label={t('workList:filter.facility')}
        placeholder={t('workList:filter.facility')}
        value={filter.facilityId ?? null}
        onChange={(facilityId) => narrow({ facilityId: facilityId ?? undefined })}
        options={facilities.map(({ facilityId, name }) => ({ value: facilityId, label: name }))}
      />
      <span className="list-filter-days">
        <DayInput
          label={t('workList:filter.from')}
          value={filter.fromDay}
          onChange={(fromDay) => narrow({ fromDay })}
        />
        <span aria-hidden="true">—</span>
        <DayInput label={t('workList:filter.to')} value={filter.toDay} onChange={(toDay) => narrow({ toDay })} />
      </span>
      {isNarrowed && (
        <button type="button" className="button button-quiet" onClick={clear}>
          {t('workList:filter.clear')}
        </button>
      )}
    </search>
  );
}

/** Which case stands first. */
export function SortChoice({ sort, onSort }: { sort: WorkListSort; onSort: (sort: WorkListSort) => void }) {
  const t = useTexts();
  return (
    <Select
      className="list-sort"
      aria-label={t('workList:filter.sort')}
      value={sort}
      onChange={onSort}
      options={WorkListSort.options.map((value) => ({ value, label: t(`workList:sort.${value}`) }))}
    />
  );
}

function SearchBox({ value, onSearch }: { value: string; onSearch: (search: string) => void }) {
  const t = useTexts();
  const box = useRef<InputRef>(null);
  const [text, setText] = useState(value);
  const [composing, setComposing] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks when the text rests, not when the callback is a new one
  useEffect(() => {
    if (composing || text.trim() === value) return;
    const timer = setTimeout(() => onSearch(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, composing]);
  useEffect(() => {
    if (value === '') setText('');
  }, [value]);
  useEffect(() => {
    const lead = (event: KeyboardEvent) => {
      if (event.key !== '/' || isOfInputMethod(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.activeElement?.matches(TYPED_INTO)) return;
      event.preventDefault();
      box.current?.focus({ cursor: 'all' });
    };
    document.addEventListener('keydown', lead);
    return () => document.removeEventListener('keydown', lead);
  }, []);

  return (
    <Input
      ref={box}
      type="search"
      className="list-filter-search"
      allowClear
      maxLength={64}
      aria-label={t('workList:filter.search')}
      placeholder={t('workList:filter.searchHint')}
      value={text}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (isOfInputMethod(event)) return;
        if (event.key === 'Enter') onSearch(text.trim());
        else if (event.key === 'Escape') setText('');
      }}
    />
  );
}

function DayInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <input
      type="date"
      className="list-filter-day"
      aria-label={label}
      title={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
