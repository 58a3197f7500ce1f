import type { Match, SearchPage } from '../archive/search.ts';
import { Failure } from '../contract/index.ts';
import { findSearchKey, findTag, type SearchKey } from './attributes.ts';

/** The most results of one answer; a client gets the rest with `offset`. */
export const MAX_RESULTS = 5_000;

export interface SearchRequest {
  matches: Match[];
  page: SearchPage;
  /** Tags of `includefield`, or all there are. */
  include: 'all' | Set<string>;
  /** What was asked for and is not done, as the Warning header says it. */
  warnings: string[];
}

/** Parameters of PS3.18 section 8.3.4 that are no attributes. `accept`: section 8.3.3.1. */
const OPTIONS = new Set([
  'limit',
  'offset',
  'includefield',
  'fuzzymatching',
  'emptyvaluematching',
  'multiplevaluematching',
  'accept',
  'charset',
]);

const UNSUPPORTED: Record<string, string> = {
  fuzzymatching: 'The fuzzymatching parameter is not supported. Only literal matching has been performed.',
  emptyvaluematching: 'The emptyvaluematching parameter is not supported. Empty Value Matching has not been performed.',
  multiplevaluematching:
    'The multiplevaluematching parameter is not supported. Multiple Value Matching has not been performed.',
};

/**
 * Reads the query of a search, PS3.18 section 8.3.4.
 * @throws Failure invalid-message for values that the attribute cannot have.
 */
export function parseSearch(query: URLSearchParams): SearchRequest {
  const warnings: string[] = [];
  for (const [name, warning] of Object.entries(UNSUPPORTED)) {
    const value = query.get(name) ?? 'false';
    if (value !== 'true' && value !== 'false') throw malformed(name);
    if (value === 'true') warnings.push(warning);
  }
  const matches: Match[] = [];
  for (const [name, value] of query) {
    if (OPTIONS.has(name)) continue;
    const key = keyOf(name);
    if (key === undefined) warnings.push(`The parameter ${printable(name)} is not supported and was ignored.`);
    else matches.push(...matchesOf(key, value, name));
  }
  const limit = Math.min(unsigned(query, 'limit') ?? MAX_RESULTS, MAX_RESULTS);
  return {
    matches,
    page: { offset: unsigned(query, 'offset') ?? 0, limit },
    include: includeOf(query),
    warnings,
  };
}

/** Undefined for sequences, for attributes that are not kept, and for what is none, such as the `_` that defeats a cache. */
function keyOf(name: string): SearchKey | undefined {
  const tag = findTag(name);
  return tag === undefined ? undefined : findSearchKey(tag);
}

/** A name as it may stand in a header: whoever asks chose it. */
function printable(name: string): string {
  return name.replace(/[^\w.-]/g, '?').slice(0, 64);
}

function includeOf(query: URLSearchParams): 'all' | Set<string> {
  const names = query.getAll('includefield').flatMap((value) => value.split(','));
  if (names.includes('all')) return 'all';
  return new Set(
    names
      .filter((name) => name !== '')
      .map((name) => {
        const tag = findTag(name.split('.')[0] ?? '');
        if (tag === undefined) throw malformed('includefield');
        return tag;
      }),
  );
}

function unsigned(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw malformed(name);
  return Number(value);
}

/** PS3.4 section C.2.2.2. An empty value and `*` match everything. */
function matchesOf({ level, field, kind }: SearchKey, value: string, name: string): Match[] {
  const text = value.trim();
  if (text === '' || text === '*') return [];
  switch (kind) {
    case 'uid': {
      const uids = text.split(/[,\\]/).map((uid) => uid.trim());
      if (uids.some((uid) => !/^[0-9.]{1,64}$/.test(uid))) throw malformed(name);
      return [{ level, field, kind: 'any-of', values: uids }];
    }
    case 'number': {
      if (!/^[+-]?\d{1,12}$/.test(text)) throw malformed(name);
      return [{ level, field, kind: 'any-of', values: [Number(text)] }];
    }
    case 'name':
      return [{ level, field, kind: 'wildcard', pattern: text, isName: true }];
    case 'code': {
      // A code string holds no comma (PS3.5 section 6.2), so a list is one whichever way a viewer writes it.
      const codes = text.split(/[,\\]/).map((code) => code.trim());
      if (codes.length === 1 && /[*?]/.test(text))
        return [{ level, field, kind: 'wildcard', pattern: text, isName: false }];
      return [{ level, field, kind: 'any-of', values: codes.filter((code) => code !== '') }];
    }
    case 'text':
      if (/[*?]/.test(text)) return [{ level, field, kind: 'wildcard', pattern: text, isName: false }];
      return [{ level, field, kind: 'any-of', values: text.split('\\') }];
    case 'date':
    case 'time':
      return [{ level, field, kind: 'range', ...rangeOf(text, kind, name) }];
  }
}

/** `a`, `a-b`, `a-`, `-b`. A time without its last parts stands for the whole minute or hour. */
function rangeOf(text: string, kind: 'date' | 'time', name: string) {
  const form = kind === 'date' ? /^(\d{8})?(-?)(\d{8})?$/ : /^(\d{2,6}(?:\.\d{1,6})?)?(-?)(\d{2,6}(?:\.\d{1,6})?)?$/;
  const [, first, dash, last] = form.exec(text) ?? [];
  if (first === undefined && last === undefined) throw malformed(name);
  const to = dash === '-' ? last : first;
  // `~` sorts behind digits and the point: 1030 takes 103059.
  return { from: first, to: to !== undefined && kind === 'time' ? `${to}~` : to };
}

function malformed(name: string): Failure {
  return new Failure('invalid-message', `${name.slice(0, 64)}: not a query that PS3.18 section 8.3.4 allows`, {
    fields: [name.slice(0, 64)],
  });
}
