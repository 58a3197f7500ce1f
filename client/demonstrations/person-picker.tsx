import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { PersonView, Role } from '../../server/contract/account.ts';
import type { Control } from '../facilities/field.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { choicesQuery, useLater, useNoChoice } from './choices.ts';

const keyOf = ({ accountId, facilityId }: { accountId: string; facilityId: string }) => `${accountId} ${facilityId}`;

/** One person who may be given a seat, by a part of the name or its pinyin. */
export function PersonPicker({
  control,
  value,
  facilityId,
  onlyRole,
  disabled = false,
  onChange,
}: {
  control: Partial<Control> & { 'aria-label'?: string };
  value: PersonView | undefined;
  /** Of this facility alone. */
  facilityId?: string | undefined;
  /** Of this role alone. */
  onlyRole?: Role | undefined;
  disabled?: boolean;
  onChange: (person: PersonView | undefined) => void;
}) {
  const t = useTexts();
  const [typed, setTyped] = useState('');
  const among = { ...(facilityId !== undefined && { facilityId }), ...(onlyRole && { role: onlyRole }) };
  const found = useQuery({ ...choicesQuery(useLater(typed), among), enabled: !disabled });
  const offered = (found.data?.people ?? []).filter(({ maySit }) => maySit);
  const listed = value && !offered.some((one) => keyOf(one) === keyOf(value)) ? [value, ...offered] : offered;
  return (
    <Select
      {...control}
      className="record-picker"
      allowClear
      disabled={disabled}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value ? keyOf(value) : null}
      placeholder={t('demonstrations:pick.person')}
      notFoundContent={useNoChoice(found)}
      options={listed.map((one) => ({
        value: keyOf(one),
        label: `${one.name} ${one.title} · ${one.facilityName}`,
      }))}
      onChange={(key: string | null | undefined) => onChange(listed.find((one) => keyOf(one) === key))}
    />
  );
}
