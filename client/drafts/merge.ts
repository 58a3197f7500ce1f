export interface Merge<T> {
  /** Both sides' changes; where they contradict each other, the preferred side's. */
  merged: T;
  /** Paths that both sides changed to different values, e.g. `patient.name`. */
  conflicts: string[];
}

export type Side = 'mine' | 'theirs';

type Plain = Record<string, unknown>;

/**
 * Three-way merge of drafts (JSON values). Objects are merged field by field; a list counts as one value, because
 * half of each of two lists is neither person's intention.
 * @param sent what this side sent without an answer: a field of theirs that has one of these values is this side's own.
 * @param prefer whose value stands where both sides changed the same field.
 */
export function mergeDrafts<T>(
  base: T,
  theirs: T,
  mine: T,
  sent: readonly T[] = [],
  prefer: (path: string) => Side = () => 'mine',
): Merge<T> {
  const conflicts: string[] = [];
  const merged = mergeValue(base, theirs, mine, sent, '', (path, other, own) => {
    conflicts.push(path);
    return prefer(path) === 'mine' ? own : other;
  });
  return { merged: merged as T, conflicts };
}

type Choose = (path: string, theirs: unknown, mine: unknown) => unknown;

function mergeValue(
  base: unknown,
  theirs: unknown,
  mine: unknown,
  sent: readonly unknown[],
  path: string,
  choose: Choose,
): unknown {
  if (sameValue(theirs, mine) || sameValue(base, theirs)) return mine;
  if (sent.some((one) => sameValue(one, theirs))) return mine;
  if (sameValue(base, mine)) return theirs;
  if (!isPlain(base) || !isPlain(theirs) || !isPlain(mine)) return choose(path, theirs, mine);
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      const fieldPath = path === '' ? key : `${path}.${key}`;
      return [
        key,
        mergeValue(
          base[key],
          theirs[key],
          mine[key],
          sent.filter(isPlain).map((one) => one[key]),
          fieldPath,
          choose,
        ),
      ];
    }),
  );
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equality of JSON values, whatever the order of their keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameValue(a[key], b[key]));
}
