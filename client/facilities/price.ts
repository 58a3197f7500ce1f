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
