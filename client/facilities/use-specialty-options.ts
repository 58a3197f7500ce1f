import { useMemo } from 'react';
import { SpecialtyCode } from '../../server/contract/specialties.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { specialtyKey } from './specialty-key.ts';

/** All specialties as a select offers them, in the order of the national list: engines put keys like `10` before `01`. */
export function useSpecialtyOptions(): { value: SpecialtyCode; label: string }[] {
  const t = useTexts();
  return useMemo(
    () =>
      SpecialtyCode.options
        .toSorted()
        .map((code) => ({ value: code, label: `${code} ${t(`specialties:${specialtyKey(code)}`)}` })),
    [t],
  );
}
