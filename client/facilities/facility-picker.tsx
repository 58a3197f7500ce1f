import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import type { FacilityView } from '../../server/contract/facility.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { Control } from './field.tsx';

/** Typing stops for this long before the server is asked. */
const PAUSE_MS = 250;

/** One facility by a part of its name: of all, or of those that are handed in. */
export function FacilityPicker({
  control,
  value,
  among,
  except = [],
  onChange,
}: {
  control: Partial<Control> & { 'aria-label'?: string };
  value: FacilityView | undefined;
  among?: readonly FacilityView[];
  except?: readonly string[];
  onChange: (facility: FacilityView) => void;
}) {
  const t = useTexts();
  const [typed, setTyped] = useState('');
  const q = useLater(typed);
  const found = useQuery({
    queryKey: ['facility-names', q],
    queryFn: ({ signal }) => call('facilities:search', { query: { q }, signal }),
    enabled: among === undefined,
    placeholderData: (before) => before,
  });
  const isMatch = ({ name }: FacilityView) => name.toLowerCase().includes(typed.trim().toLowerCase());
  const offered = (among?.filter(isMatch) ?? found.data ?? []).filter(({ facilityId }) => !except.includes(facilityId));
  return (
    <Select
      {...control}
      className="record-picker"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value?.facilityId ?? null}
      placeholder={t('administration:picker.placeholder')}
      notFoundContent={t('administration:picker.none')}
      options={[
        ...(value && !offered.some((one) => one.facilityId === value.facilityId) ? [value] : []),
        ...offered,
      ].map(({ facilityId, name }) => ({ value: facilityId, label: name }))}
      onChange={(facilityId) => {
        const chosen = offered.find((one) => one.facilityId === facilityId);
        if (chosen) onChange(chosen);
      }}
    />
  );
}

function useLater(text: string): string {
  const [later, setLater] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLater(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return later;
}
