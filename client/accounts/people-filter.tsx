import { Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { Role } from '../../server/contract/account.ts';
import type { PeopleChoices, PeopleQuery } from '../../server/contract/people.ts';
import { LicenceFilter, PersonState } from '../../server/contract/people.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Typing stops for this long before the server is asked. */
const PAUSE_MS = 300;

export function PeopleFilter({
  query,
  choices,
  isNarrowed,
  change,
  clear,
  children,
}: {
  query: Partial<PeopleQuery>;
  choices: PeopleChoices | undefined;
  isNarrowed: boolean;
  change: (part: Partial<PeopleQuery>) => void;
  clear: () => void;
  /** How the table is shown, at the end of the line. */
  children?: ReactNode;
}) {
  const t = useTexts();
  const facilities = choices?.facilities ?? [];
  const { role, facilityId, state, licence } = query;
  const [isOpen, setOpen] = useState([role, facilityId, state, licence].some((part) => part !== undefined));
  return (
    <search className="people-filter" data-open={isOpen}>
      <SearchBox value={query.search ?? ''} onSearch={(search) => change({ search })} />
      {/* Shown on a phone alone, where the first person would else lie below the screen. */}
      <button
        type="button"
        className="button people-filter-more"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('workList:filter.more')}
      </button>
      <Select
        className="people-filter-choice people-filter-role"
        popupMatchSelectWidth={false}
        allowClear
        aria-label={t('accounts:people.columns.role')}
        placeholder={t('accounts:people.filter.role')}
        value={role ?? null}
        onChange={(chosen) => change({ role: chosen ?? undefined })}
        options={Role.options.map((value) => ({ value, label: t(`terms:role.${value}`) }))}
      />
      {facilities.length > 1 && (
        <Select
          className="people-filter-facility"
          popupMatchSelectWidth={false}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('accounts:people.columns.facility')}
          placeholder={t('accounts:people.filter.facility')}
          value={facilityId ?? null}
          onChange={(chosen) => change({ facilityId: chosen ?? undefined })}
          options={facilities.map(({ facilityId, name }) => ({ value: facilityId, label: name }))}
        />
      )}
      <Select
        className="people-filter-choice"
        popupMatchSelectWidth={false}
        allowClear
        aria-label={t('accounts:people.columns.state')}
        placeholder={t('accounts:people.filter.state')}
        value={state ?? null}
        onChange={(chosen) => change({ state: chosen ?? undefined })}
        options={PersonState.options.map((value) => ({ value, label: t(`accounts:people.state.${value}`) }))}
      />
      <Select
        className="people-filter-choice"
        popupMatchSelectWidth={false}
        allowClear
        aria-label={t('accounts:people.columns.licence')}
        placeholder={t('accounts:people.filter.licence')}
        value={licence ?? null}
        onChange={(chosen) => change({ licence: chosen ?? undefined })}
        options={LicenceFilter.options.map((value) => ({
          value,
          label: t(value === 'expiring' ? 'accounts:people.expiring' : `accounts:licence.state.${value}`),
        }))}
      />
      {isNarrowed && (
        <button type="button" className="button button-quiet" onClick={clear}>
          {t('accounts:people.filter.clear')}
        </button>
      )}
      <div className="people-filter-end">{children}</div>
    </search>
  );
}

function SearchBox({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const t = useTexts();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onSearch(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <Input
      className="people-filter-search"
      type="search"
      allowClear
      maxLength={64}
      aria-label={t('accounts:people.search')}
      placeholder={t('accounts:people.search')}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
