import { Failure } from '../../server/contract/failure.ts';
import { createOpening, type Opening, type ViewOrigin } from '../viewer/opening.ts';
import type { Library } from './library.ts';
import { addressOfPicture, pictureIdOf } from './pictures.ts';
import { type Series, type Slice, sliceKey } from './series.ts';
import { onSlice, type View } from './view.ts';

/** The stack that is looked at and how: where a view and the series it belongs to come together. */
export interface Stack {
  readonly opening: Opening<View, Series>;
  readonly view: View | undefined;
  /** undefined while the series is still being read. */
  readonly series: Series | undefined;
  /** undefined too where the series does not have the picture that the view names. */
  readonly slice: Slice | undefined;
  readonly index: number;
  /** Goes to the picture at the index, bounded to the stack. */
  goTo(index: number): void;
}

export function createStack(library: Library, onChange: (origin: ViewOrigin) => void): Stack {
  /** The index is asked for many times a frame. */
  let found: { view: View; series: Series; index: number } | undefined;

  const indexOf = (view: View, series: Series): number => {
    if (found?.view.target !== view.target || found.series !== series) {
      const key = sliceKey(view.target);
      found = { view, series, index: series.slices.findIndex((slice) => slice.key === key) };
    }
    return found.index;
  };
  const opening = createOpening<View, Series>({
    idOf: ({ target }) => pictureIdOf(target),
    find: (id) => library.find(addressOfPicture({ pictureId: id })),
    read: (id) => library.read(addressOfPicture({ pictureId: id })),
    problem: (view, series) =>
      indexOf(view, series) < 0
        ? new Failure('not-found', 'the series does not have this picture any more')
        : undefined,
    unreadable: 'the series cannot be read',
    onChange,
  });
  const self: Stack = {
    opening,
    get view() {
      return opening.view;
    },
    get series() {
      return opening.read;
    },
    get index() {
      return opening.view && opening.read ? indexOf(opening.view, opening.read) : -1;
    },
    get slice() {
      return opening.read?.slices[self.index];
    },
    goTo(to) {
      const { view, series, slice } = self;
      const next = series?.slices[Math.min(Math.max(to, 0), series.slices.length - 1)];
      if (view && next && next !== slice) opening.setView(onSlice(view, slice, next), 'user');
    },
  };
  return self;
}
