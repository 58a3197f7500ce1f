import { Failure } from '../../server/contract/failure.ts';

/** Who put the view where it is. `opened`: nobody, it is how a picture comes up. */
export type ViewOrigin = 'user' | 'shown' | 'opened';

export interface OpeningParts<V, D> {
  /** What is opened to see the view: a series, a record, a slide, a document. */
  idOf(view: V): string;
  /** Where it is there already. `view`: how it will be looked at, where that is known. */
  find(id: string, view: V | undefined): D | undefined;
  read(id: string, view: V | undefined): Promise<D>;
  /** Whether what was read still is what this view needs. Left out: it is of the same id. */
  shows?(read: D, view: V): boolean;
  /** The view on what was read: files may have come since it was taken. */
  settle?(view: V, read: D): V;
  /** Why the view cannot be seen on what was read. */
  problem?(view: V, read: D): Failure | undefined;
  /** Stands for what is opened while it is read, so that nothing else is taken for it. Left out: what was shown stays. */
  waiting?(id: string): V;
  /** For the log, where reading fails without a failure of the contract. */
  unreadable: string;
  /** The view, or what it shows, is another one. `origin`: who did it. */
  onChange(origin: ViewOrigin): void;
}

interface Sight<V, D> {
  view: V | undefined;
  origin: ViewOrigin;
  /** What the view shows; undefined while it is read, and where it cannot be. */
  read: D | undefined;
  /** Why there is nothing to see. */
  failure: Failure | undefined;
}

/** What is looked at and how: where a view and what it shows come together. The last wish supersedes those before it. */
export interface Opening<V, D> extends Readonly<Sight<V, D>> {
  setView(view: V, origin: ViewOrigin): void;
  /** Opens it as it was left, or as `initial` says. */
  open(id: string, initial: (read: D) => V | undefined, origin: ViewOrigin): Promise<void>;
  /** Goes on to a view that needs something else of it; what is shown stays until that is there. */
  turnTo(view: V, arrange: (read: D) => V): Promise<void>;
  /** What is shown has changed: the view stays on the same part of it. */
  replace(read: D): void;
  fail(thrown: unknown): void;
  /** After a failure. */
  retry(): void;
}

export function createOpening<V, D>(parts: OpeningParts<V, D>): Opening<V, D> {
  const { idOf } = parts;
  const left = new Map<string, V>();
  const now: Sight<V, D> = { view: undefined, origin: 'opened', read: undefined, failure: undefined };
  const { set, replace, fail } = createChanges(parts, now);
  const wishes = createWishes(parts, fail);
  /** What failed last, to be tried again. */
  let again: (() => void) | undefined;

  const setAndKeep = (view: V, by: ViewOrigin): void => {
    set(view, by);
    left.set(idOf(view), now.view ?? view);
  };
  const isShown = (view: V): boolean => {
    if (now.read === undefined || now.view === undefined || idOf(now.view) !== idOf(view)) return false;
    return parts.shows?.(now.read, view) ?? true;
  };
  const open: Opening<V, D>['open'] = (id, initial, by) => {
    const before = left.get(id);
    const waiting = parts.find(id, before) === undefined ? parts.waiting?.(id) : undefined;
    if (waiting !== undefined) {
      now.read = undefined;
      set(waiting, 'opened');
    }
    again = () => void open(id, initial, by);
    const show = (read: D): void => {
      again = undefined;
      const view = before ?? initial(read);
      if (view === undefined) return;
      now.read = read;
      setAndKeep(view, by);
    };
    // What was shown before would be taken for what was asked for.
    return wishes.fetch(id, before, show, () => {
      now.read = undefined;
      if (waiting === undefined) now.view = undefined;
    });
  };
  return Object.assign(now, {
    setView(view: V, by: ViewOrigin) {
      wishes.supersede();
      again = undefined;
      if (!isShown(view)) now.read = parts.find(idOf(view), view);
      setAndKeep(view, by);
      // Until it is there the view is kept, and tells what will be seen. Reading it is nobody's move.
      if (now.read === undefined) void wishes.fetch(idOf(view), view, replace);
    },
    open,
    turnTo(view: V, arrange: (read: D) => V) {
      again = undefined;
      return wishes.fetch(idOf(view), view, (read) => {
        now.read = read;
        setAndKeep(arrange(read), 'user');
      });
    },
    replace,
    fail,
    retry() {
      now.failure = undefined;
      if (again) again();
      else if (now.view !== undefined) void wishes.fetch(idOf(now.view), now.view, replace);
      parts.onChange('opened');
    },
  });
}

/** How what is looked at becomes another one. */
function createChanges<V, D>({ settle, problem, unreadable, onChange }: OpeningParts<V, D>, now: Sight<V, D>) {
  const place = (view: V, by: ViewOrigin): void => {
    const { read } = now;
    now.view = read === undefined ? view : (settle?.(view, read) ?? view);
    now.failure = read === undefined ? undefined : problem?.(now.view, read);
    onChange(by);
  };
  return {
    set(view: V, by: ViewOrigin): void {
      now.origin = by;
      place(view, by);
    },
    replace(read: D): void {
      now.read = read;
      if (now.view !== undefined) place(now.view, 'opened');
    },
    fail(thrown: unknown): void {
      now.failure = thrown instanceof Failure ? thrown : new Failure('internal', unreadable, { cause: thrown });
      onChange(now.origin);
    },
  };
}

/** Reads what is wished for. A later wish supersedes the ones before: they neither show nor fail. */
function createWishes<V, D>({ find, read }: OpeningParts<V, D>, fail: (thrown: unknown) => void) {
  let latest = 0;
  return {
    supersede(): void {
      latest += 1;
    },
    async fetch(
      id: string,
      view: V | undefined,
      then: (found: D) => void,
      otherwise: () => void = () => undefined,
    ): Promise<void> {
      latest += 1;
      const own = latest;
      try {
        const found = find(id, view) ?? (await read(id, view));
        if (own === latest) then(found);
      } catch (thrown) {
        if (own !== latest) return;
        otherwise();
        fail(thrown);
      }
    },
  };
}
