/**
 * One range of a Range header, RFC 9110 section 14.1.2. Several ranges, and what is no byte range, are ignored as the RFC
 * allows: the whole is sent.
 */
export function findByteRange(
  header: string | undefined,
  sizeBytes: number,
): { start: number; length: number } | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  // `-500`: the last 500 bytes.
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return start >= sizeBytes || end < start ? 'unsatisfiable' : { start, length: end - start + 1 };
}
