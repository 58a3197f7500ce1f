import { useId } from 'react';
import { FacilityTier } from '../../server/contract/facility.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { RegionPicker } from '../facilities/region-picker.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isLogin } from './login-name.ts';
import { type NewPassword, NewPasswordFields, NO_PASSWORD } from './new-password.tsx';
import { PlainField } from './plain-field.tsx';

export interface FirstStartEntry {
  facilityName: string;
  tier: FacilityTier;
  region6: string;
  name: string;
  login: string;
  password: NewPassword;
}

export const NOTHING_YET: FirstStartEntry = {
  facilityName: '',
  tier: 'county',
  region6: '',
  name: '',
  login: '',
  password: NO_PASSWORD,
};

export function isComplete({ facilityName, region6, name, login }: FirstStartEntry): boolean {
  return facilityName.trim().length >= 2 && region6 !== '' && name.trim() !== '' && isLogin(login);
}

/** First facility and first administrator on one sheet. @param checked whether sending was tried */
export function FirstStartFields({
  minPasswordLength,
  entry,
  checked,
  failure,
  onEntry,
}: {
  minPasswordLength: number;
  entry: FirstStartEntry;
  checked: boolean;
  failure: Failure | undefined;
  onEntry: (entry: FirstStartEntry) => void;
}) {
  const t = useTexts();
  const tier = useId();
  const faultOf = (field: string) => (failure?.fields?.includes(field) ? failureText(failure) : undefined);
  const missing = (isGood: boolean) => (checked && !isGood ? t('accounts:password.missing') : undefined);
  const field = (name: 'facilityName' | 'name' | 'login') => ({
    value: entry[name],
    onChange: (event: { target: { value: string } }) => onEntry({ ...entry, [name]: event.target.value }),
  });
  return (
    <>
      <fieldset>
        <legend>{t('accounts:first.facility')}</legend>
        <PlainField
          label={t('accounts:first.facilityName')}
          hint={t('accounts:first.facilityNameHint')}
          maxLength={128}
          error={missing(entry.facilityName.trim().length >= 2)}
          {...field('facilityName')}
        />
        <div className="field plain-field">
          <label className="field-label" htmlFor={tier}>
            {t('accounts:first.tier')}
          </label>
          <select
            id={tier}
            className="field-input"
            value={entry.tier}
            onChange={(event) => onEntry({ ...entry, tier: FacilityTier.parse(event.target.value) })}
          >
            {FacilityTier.options.map((one) => (
              <option key={one} value={one}>
                {t(`terms:tier.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <RegionPicker
          value={entry.region6}
          disabled={false}
          problem={checked && entry.region6 === '' ? t('administration:facility.problems.region6') : undefined}
          onChange={(region6) => onEntry({ ...entry, region6 })}
        />
      </fieldset>
      <fieldset>
        <legend>{t('accounts:first.administrator')}</legend>
        <PlainField
          label={t('accounts:person.name')}
          autoComplete="name"
          maxLength={64}
          error={missing(entry.name.trim() !== '')}
          {...field('name')}
        />
        <PlainField
          label={t('accounts:person.login')}
          hint={t('accounts:person.loginHint')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          error={
            faultOf('administrator.login') ??
            (checked && !isLogin(entry.login) ? t('accounts:person.loginFault') : undefined)
          }
          {...field('login')}
        />
        <NewPasswordFields
          minLength={minPasswordLength}
          value={entry.password}
          checked={checked}
          fault={faultOf('administrator.password')}
          onChange={(password) => onEntry({ ...entry, password })}
        />
      </fieldset>
    </>
  );
}
