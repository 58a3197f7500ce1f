import { Failure } from '../../server/contract/failure.ts';
import type { SlideView } from '../../server/contract/pathology.ts';
import type { Slides } from './slides.ts';
import { onWidth, type View } from './view.ts';

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
  dispose(): void;
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
  /** The slide as it is now; the view stays on the same part of it. */
  const take = (read: SlideView): void => {
    slide = read;
    if (view) view = onWidth(view, read.width);
    onChange({ origin: 'opened' });
  };
  /** Beside what is shown meanwhile, which stays as it is where this fails: of the files it was made of it is right. */
  const update = (slideId: string): void => {
    slides.read(slideId).then(
      (read) => {
        if (view?.target.slideId === slideId) take(read);
      },
      () => undefined,
    );
  };
  /** Once for each width that somebody shows: it may be the other side that is behind. */
  let rereadFor = '';
  const reread = (slideId: string, widthPx: number): void => {
    const key = `${slideId} ${widthPx}`;
    if (key === rereadFor) return;
    rereadFor = key;
    slides.forget(slideId);
    update(slideId);
  };
  const stopListening = slides.onOutdated((slideId) => {
    if (view?.target.slideId === slideId) update(slideId);
  });
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
      const { slideId, widthPx } = next.target;
      if (slide?.slideId !== slideId) slide = slides.find(slideId);
      // Whoever shows this has other files of the slide: perhaps they are here by now too.
      if (slide && slide.width !== widthPx && by === 'shown') reread(slideId, widthPx);
      set(slide ? onWidth(next, slide.width) : next, by);
      if (!slide) void fetch(slideId, take);
    },
    open(slideId, initial, by) {
      again = () => void self.open(slideId, initial, by);
      return fetch(slideId, (read) => {
        slide = read;
        again = undefined;
        const before = left.get(slideId);
        set(before ? onWidth(before, read.width) : initial(read), by);
      });
    },
    retry() {
      failure = undefined;
      const slideId = view?.target.slideId;
      if (slideId) slides.forget(slideId);
      if (again) again();
      else if (slideId) void fetch(slideId, take);
      onChange({ origin });
    },
    dispose: stopListening,
  };
  return self;
}
