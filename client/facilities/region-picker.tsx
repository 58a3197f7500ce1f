import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Choice } from './field.tsx';
import { cityOf, loadRegions, provinceOf, type Regions, regionName, within } from './regions.ts';

const regionsQuery = { queryKey: ['regions'], queryFn: loadRegions, staleTime: Number.POSITIVE_INFINITY };

/** A region by the names of province, city and county. An institution of a whole city has the city's code. */
export function RegionPicker({
  value,
  disabled,
  problem,
  onChange,
}: {
  value: string;
  disabled: boolean;
  problem: string | undefined;
  onChange: (region6: string) => void;
}) {
  const t = useTexts();
  const id = useId();
  const { data } = useQuery(regionsQuery);
  return (
    <fieldset className="record-field record-wide record-region" aria-describedby={problem && `${id}-problem`}>
      <legend className="field-label">{t('administration:facility.region6')}</legend>
      {data && <Choices regions={data} value={value} disabled={disabled} onChange={onChange} />}
      <p className="record-hint numbers">
        {data && value !== '' && regionName(data, value) === undefined
          ? t('administration:facility.region.unknown', { code: value })
          : value}
      </p>
      {problem && (
        <p className="field-error" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}

const NONE = { value: '', label: '—' };
const toOptions = (entries: [string, string][]) => entries.map(([value, label]) => ({ value, label }));

function Choices({
  regions: { provinces, cities, counties },
  value,
  disabled,
  onChange,
}: {
  regions: Regions;
  value: string;
  disabled: boolean;
  onChange: (region6: string) => void;
}) {
  const t = useTexts();
  const province = value === '' ? '' : provinceOf(value);
  const city = value === '' || value === province ? '' : cityOf(value);
  const county = value === city ? '' : value;
  const cityOptions = toOptions(within(cities, province.slice(0, 2)));
  return (
    <div className="record-region-choices">
      <Choice
        control={{ 'aria-label': t('administration:facility.region.province') }}
        value={provinces[province] ? province : ''}
        options={[NONE, ...toOptions(Object.entries(provinces))]}
        disabled={disabled}
        onChange={(code) => onChange(within(cities, code.slice(0, 2))[0]?.[0] ?? code)}
      />
      <Choice
        control={{ 'aria-label': t('administration:facility.region.city') }}
        value={cities[city] ? city : ''}
        options={province === '' ? [NONE] : cities[city] ? cityOptions : [NONE, ...cityOptions]}
        disabled={disabled || province === ''}
        onChange={onChange}
      />
      <Choice
        control={{ 'aria-label': t('administration:facility.region.county') }}
        value={counties[county] ? county : ''}
        options={[
          { value: '', label: t('administration:facility.region.whole') },
          ...(city === '' ? [] : toOptions(within(counties, city.slice(0, 4)))),
        ]}
        disabled={disabled || city === ''}
        onChange={(code) => onChange(code || city)}
      />
    </div>
  );
}
