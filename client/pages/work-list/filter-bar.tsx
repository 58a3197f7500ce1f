import { Select } from 'antd';
import { useState } from 'react';
import { Urgency } from '../../../server/contract/case-kinds.ts';
import { type PictureKind, pictureKinds } from '../../../server/contract/picture-kinds.ts';
import {
  sortIn,
  type WorkListDesk,
  type WorkListFilter,
  type WorkListName,
  WorkListSort,
} from '../../../server/contract/work-list.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { SearchBox } from '../../ui/search-box.tsx';

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
  const { urgency, kind, facilityId, fromDay, toDay } = filter;
  const [isOpen, setOpen] = useState([urgency, kind, facilityId, fromDay, toDay].some((part) => part !== undefined));
  return (
    <search className="list-filter" data-open={isOpen}>
      <SearchBox
        className="list-filter-search"
        label={t('workList:filter.search')}
        hint={t('workList:filter.searchHint')}
        value={filter.search ?? ''}
        onSearch={(search) => narrow({ search })}
      />
      {/* Shown on a phone alone, where the first case would else lie below the screen. */}
      <button type="button" className="button list-filter-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('workList:filter.more')}
      </button>
      <Select
        className="list-filter-select"
        allowClear
        aria-label={t('workList:filter.urgency')}
        placeholder={t('workList:filter.urgency')}
        value={urgency ?? null}
        onChange={(chosen) => narrow({ urgency: chosen ?? undefined })}
        options={Urgency.options.map((value) => ({ value, label: t(`terms:urgency.${value}`) }))}
      />
      <Select
        className="list-filter-select"
        allowClear
        aria-label={t('workList:filter.kind')}
        placeholder={t('workList:filter.kind')}
        value={kind ?? null}
        onChange={(chosen) => narrow({ kind: chosen ?? undefined })}
        options={KINDS.map((value) => ({ value, label: t(`terms:pictureKind.${value}`) }))}
      />
      <Select
        className="list-filter-hospital"
        allowClear
        aria-label={t('workList:filter.facility')}
        placeholder={t('workList:filter.facility')}
        value={facilityId ?? null}
        onChange={(chosen) => narrow({ facilityId: chosen ?? undefined })}
        options={facilities.map((one) => ({ value: one.facilityId, label: one.name }))}
      />
      <span className="list-filter-days">
        <DayInput label={t('workList:filter.from')} value={fromDay} onChange={(day) => narrow({ fromDay: day })} />
        <span aria-hidden="true">—</span>
        <DayInput label={t('workList:filter.to')} value={toDay} onChange={(day) => narrow({ toDay: day })} />
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
export function SortChoice({
  list,
  sort,
  onSort,
}: {
  list: WorkListName;
  sort: WorkListSort;
  onSort: (sort: WorkListSort) => void;
}) {
  const t = useTexts();
  return (
    <Select
      className="list-sort"
      aria-label={t('workList:filter.sort')}
      value={sortIn(list, sort)}
      onChange={onSort}
      options={WorkListSort.options
        .filter((value) => sortIn(list, value) === value)
        .map((value) => ({ value, label: t(`workList:sort.${value}`) }))}
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
