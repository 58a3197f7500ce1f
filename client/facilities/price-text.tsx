import { useTexts } from '../i18n/use-texts.ts';
import { yuanOf } from './price.ts';

/** A price in words: free is something else than nothing agreed. */
export function PriceText({ priceFen }: { priceFen: number | null }) {
  const t = useTexts();
  if (priceFen === null) return t('administration:agreement.priceMissing');
  if (priceFen === 0) return t('administration:agreement.free');
  return t('administration:agreement.yuan', { amount: yuanOf(priceFen) });
}
