import { useTexts } from '../i18n/use-texts.ts';

/** What is typed in yuan, with two decimals at most, as 分. '' is null; undefined: it is no amount. */
export function fenOf(yuan: string): number | null | undefined {
  const text = yuan.trim();
  if (text === '') return null;
  return /^\d{1,6}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : undefined;
}

export function yuanOf(fen: number | null): string {
  if (fen === null) return '';
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}

/** A price in words: free is something else than nothing agreed. */
export function PriceText({ priceFen }: { priceFen: number | null }) {
  const t = useTexts();
  if (priceFen === null) return t('administration:agreement.priceMissing');
  if (priceFen === 0) return t('administration:agreement.free');
  return t('administration:agreement.yuan', { amount: yuanOf(priceFen) });
}
