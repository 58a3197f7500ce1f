import { isDeepStrictEqual } from 'node:util';

export type Changes = Record<string, { before: unknown; after: unknown }>;

/** What an act changed, field by field, for the audit chain. What is administered holds nothing of patients. */
export function changesOf<T extends object>(before: { [Field in keyof T]?: unknown }, after: T): Changes {
  return Object.fromEntries(
    (Object.keys(after) as (keyof T & string)[])
      .filter((field) => !isDeepStrictEqual(before[field] ?? null, after[field] ?? null))
      .map((field) => [field, { before: before[field] ?? null, after: after[field] ?? null }]),
  );
}
