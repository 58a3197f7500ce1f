import { Select } from 'antd';
import { Urgency } from '../../../server/contract/case-kinds.ts';
import { type PictureKind, pictureKinds } from '../../../server/contract/picture-kinds.ts';
import { type WorkListDesk, type WorkListFilter, WorkListSort } from '../../../server/contract/work-list.ts';
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
  return (
    <search className="list-filter">
      <SearchBox
        className="list-filter-search"
        label={t('workList:filter.search')}
        hint={t('workList:filter.searchHint')}
        value={filter.search ?? ''}
        onSearch={(search) => narrow({ search })}
      />
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
