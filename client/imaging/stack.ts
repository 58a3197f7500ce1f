import { Failure } from '../../server/contract/failure.ts';
import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { SeriesAddress } from './dicomweb.ts';
import type { Library } from './library.ts';
import { type Series, type Slice, sliceKey } from './series.ts';
import { onSlice } from './view.ts';

/** Who put the view where it is. `opened`: nobody, it is how a picture comes up. */
export type ViewOrigin = 'user' | 'shown' | 'opened';

/** The stack that is looked at and how: where a view and the series it belongs to come together. */
export interface Stack {
  readonly view: ImagingViewport | undefined;
  readonly origin: ViewOrigin;
  /** undefined while the series is still being read. */
  readonly series: Series | undefined;
  /** undefined too where the series does not have the picture that the view names. */
  readonly slice: Slice | undefined;
  readonly index: number;
  /** Why there is nothing to see. */
  readonly failure: Failure | undefined;
  setView(view: ImagingViewport, origin: ViewOrigin): void;
  /** Opens a series as it was left, or as `initial` says. */
  open(address: SeriesAddress, initial: (slice: Slice) => ImagingViewport, origin: ViewOrigin): Promise<void>;
  /** Goes to the picture at the index, bounded to the stack. */
  goTo(index: number): void;
  /** After a failure. */
  retry(): void;
}

export function createStack(library: Library, onChange: (change: { origin: ViewOrigin }) => void): Stack {
  const left = new Map<string, ImagingViewport>();
  let view: ImagingViewport | undefined;
  let origin: ViewOrigin = 'opened';
  let series: Series | undefined;
  let index = -1;
  let failure: Failure | undefined;
  let opening = 0;
  /** What failed last, to be tried again. */
  let again: (() => void) | undefined;

  const place = (): void => {
    const target = view?.target;
    index = target && series ? series.slices.findIndex(({ key }) => key === sliceKey(target)) : -1;
    failure =
      series && index < 0 ? new Failure('not-found', 'the series does not have this picture any more') : undefined;
  };
  const set = (next: ImagingViewport, by: ViewOrigin): void => {
    view = next;
    origin = by;
    left.set(next.target.seriesInstanceUid, next);
    place();
    onChange({ origin: by });
  };
  const fetch = async (
    address: SeriesAddress,
    then: (series: Series) => void,
    otherwise: () => void = () => undefined,
  ): Promise<void> => {
    const number = ++opening;
    try {
      const read = library.find(address) ?? (await library.read(address));
      if (number === opening) then(read);
    } catch (thrown) {
      if (number !== opening) return;
      failure =
        thrown instanceof Failure ? thrown : new Failure('internal', 'the series cannot be read', { cause: thrown });
      otherwise();
      onChange({ origin });
    }
  };
  const self: Stack = {
    get view() {
      return view;
    },
    get origin() {
      return origin;
    },
    get series() {
      return series;
    },
    get slice() {
      return series?.slices[index];
    },
    get index() {
      return index;
    },
    get failure() {
      return failure;
    },
    setView(next, by) {
      opening++;
      again = undefined;
      const address = next.target;
      if (series?.seriesInstanceUid !== address.seriesInstanceUid) series = library.find(address);
      set(next, by);
      if (!series)
        void fetch(address, (read) => {
          series = read;
          place();
          onChange({ origin });
        });
    },
    open(address, initial, by) {
      again = () => void self.open(address, initial, by);
      const show = (read: Series): void => {
        const [first] = read.slices;
        const next = left.get(address.seriesInstanceUid) ?? (first && initial(first));
        series = read;
        again = undefined;
        if (next) set(next, by);
      };
      // What was shown before would be taken for what was asked for.
      return fetch(address, show, () => {
        view = undefined;
        series = undefined;
        index = -1;
      });
    },
    goTo(to) {
      const from = self.slice;
      const next = series?.slices[Math.min(Math.max(to, 0), series.slices.length - 1)];
      if (view && next && next !== from) set(onSlice(view, from, next), 'user');
    },
    retry() {
      failure = undefined;
      if (again) again();
      else if (view && !series) self.setView(view, origin);
      onChange({ origin });
    },
  };
  return self;
}
