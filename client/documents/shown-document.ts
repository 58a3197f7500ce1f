import { Failure } from '../../server/contract/failure.ts';
import type { Size } from '../review/affine.ts';
import type { Documents } from './documents.ts';
import type { PageSource } from './page-source.ts';
import type { View } from './view.ts';

/** Who put the view where it is. `opened`: nobody, it is how a document comes up. */
export type ViewOrigin = 'user' | 'shown' | 'opened';

/** The page that is looked at: of which document, and how large it is. */
export interface ShownPage {
  source: PageSource;
  documentId: string;
  page: number;
  size: Size;
}

/** The page that is looked at and how: where a view and what is known of its document come together. */
export interface ShownDocument {
  readonly view: View | undefined;
  readonly origin: ViewOrigin;
  /** undefined while the view's page is still being read. */
  readonly page: ShownPage | undefined;
  /** Why there is nothing to see. */
  readonly failure: Failure | undefined;
  setView(view: View, origin: ViewOrigin): void;
  /** Opens a document as it was left, or as `initial` says of its first page. */
  open(documentId: string, initial: (page: ShownPage) => View, origin: ViewOrigin): Promise<void>;
  /** Turns to a page of the document; `arrange` says how it is looked at. */
  turnTo(page: number, arrange: (view: View, page: ShownPage) => View): Promise<void>;
  fail(failure: Failure): void;
  /** After a failure. */
  retry(): void;
}

export function createShownDocument(documents: Documents, onChange: (origin: ViewOrigin) => void): ShownDocument {
  const left = new Map<string, View>();
  let view: View | undefined;
  let origin: ViewOrigin = 'opened';
  let page: ShownPage | undefined;
  let failure: Failure | undefined;
  let reading = 0;
  let again: (() => void) | undefined;

  const isOf = (one: ShownPage | undefined, { target }: View): boolean =>
    one?.documentId === target.documentId && one.page === target.page;
  const set = (next: View, by: ViewOrigin): void => {
    view = next;
    origin = by;
    failure = undefined;
    left.set(next.target.documentId, next);
    onChange(by);
  };
  const read = async (documentId: string, number: number, then: (page: ShownPage) => void): Promise<void> => {
    const turn = ++reading;
    try {
      const source = documents.find(documentId) ?? (await documents.open(documentId));
      const bounded = Math.min(number, source.pageCount);
      const size = await source.sizeOf(bounded);
      if (turn === reading) then({ source, documentId, page: bounded, size });
    } catch (thrown) {
      if (turn !== reading) return;
      self.fail(
        thrown instanceof Failure ? thrown : new Failure('internal', 'the document cannot be read', { cause: thrown }),
      );
    }
  };
  const self: ShownDocument = {
    get view() {
      return view;
    },
    get origin() {
      return origin;
    },
    get page() {
      return page;
    },
    get failure() {
      return failure;
    },
    setView(next, by) {
      reading += 1;
      again = undefined;
      if (!isOf(page, next)) page = undefined;
      set(next, by);
      const { documentId, page: number } = next.target;
      if (!page)
        void read(documentId, number, (found) => {
          page = found;
          onChange('opened');
        });
    },
    open(documentId, initial, by) {
      again = () => void self.open(documentId, initial, by);
      const before = left.get(documentId);
      return read(documentId, before?.target.page ?? 1, (found) => {
        again = undefined;
        page = found;
        set(before ?? initial(found), by);
      });
    },
    async turnTo(number, arrange) {
      const from = view;
      if (!from) return;
      await read(from.target.documentId, number, (found) => {
        page = found;
        set(arrange({ ...from, target: { ...from.target, page: found.page } }, found), 'user');
      });
    },
    fail(next) {
      failure = next;
      onChange(origin);
    },
    retry() {
      failure = undefined;
      if (again) again();
      else if (view) self.setView(view, origin);
    },
  };
  return self;
}
