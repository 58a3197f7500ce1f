import { Failure } from '../../server/contract/failure.ts';
import type { SlideView } from '../../server/contract/pathology.ts';
import type { Slides } from './slides.ts';
import type { View } from './view.ts';

/** Who put the view where it is. `opened`: nobody, it is how a slide comes up. */
export type ViewOrigin = 'user' | 'shown' | 'opened';

/** The slide that is looked at and how: where a view and what is known of its slide come together. */
export interface ShownSlide {
  readonly view: View | undefined;
  readonly origin: ViewOrigin;
  /** undefined while it is still being read. */
  readonly slide: SlideView | undefined;
  /** Why there is nothing to see. */
  readonly failure: Failure | undefined;
  setView(view: View, origin: ViewOrigin): void;
  /** Opens a slide as it was left, or as `initial` says. */
  open(slideId: string, initial: (slide: SlideView) => View, origin: ViewOrigin): Promise<void>;
  /** After a failure. */
  retry(): void;
}

export function createShownSlide(slides: Slides, onChange: (change: { origin: ViewOrigin }) => void): ShownSlide {
  const left = new Map<string, View>();
  let view: View | undefined;
  let origin: ViewOrigin = 'opened';
  let slide: SlideView | undefined;
  let failure: Failure | undefined;
  let opening = 0;
  /** What failed last, to be tried again. */
  let again: (() => void) | undefined;

  const set = (next: View, by: ViewOrigin): void => {
    view = next;
    origin = by;
    failure = undefined;
    left.set(next.target.slideId, next);
    onChange({ origin: by });
  };
  const fetch = async (slideId: string, then: (slide: SlideView) => void): Promise<void> => {
    const number = ++opening;
    try {
      const read = slides.find(slideId) ?? (await slides.read(slideId));
      if (number === opening) then(read);
    } catch (thrown) {
      if (number !== opening) return;
      failure =
        thrown instanceof Failure ? thrown : new Failure('internal', 'the slide cannot be read', { cause: thrown });
      onChange({ origin });
    }
  };
  const self: ShownSlide = {
    get view() {
      return view;
    },
    get origin() {
      return origin;
    },
    get slide() {
      return slide;
    },
    get failure() {
      return failure;
    },
    setView(next, by) {
      opening += 1;
      again = undefined;
      const { slideId } = next.target;
      if (slide?.slideId !== slideId) slide = slides.find(slideId);
      set(next, by);
      if (!slide)
        void fetch(slideId, (read) => {
          slide = read;
          onChange({ origin });
        });
    },
    open(slideId, initial, by) {
      again = () => void self.open(slideId, initial, by);
      return fetch(slideId, (read) => {
        slide = read;
        again = undefined;
        set(left.get(slideId) ?? initial(read), by);
      });
    },
    retry() {
      failure = undefined;
      const slideId = view?.target.slideId;
      if (slideId) slides.forget(slideId);
      if (again) again();
      else if (slideId)
        void fetch(slideId, (read) => {
          slide = read;
          onChange({ origin });
        });
      onChange({ origin });
    },
  };
  return self;
}
