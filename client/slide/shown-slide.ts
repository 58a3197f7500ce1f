import type { SlideView } from '../../server/contract/pathology.ts';
import { createOpening, type Opening, type ViewOrigin } from '../viewer/opening.ts';
import type { Slides } from './slides.ts';
import { onWidth, type View } from './view.ts';

/** The slide that is looked at and how: where a view and what is known of its slide come together. */
export interface ShownSlide {
  readonly opening: Opening<View, SlideView>;
  readonly view: View | undefined;
  /** undefined while it is still being read. */
  readonly slide: SlideView | undefined;
  /** Whoever else shows a view may have other files of the slide: perhaps they are here by now too. */
  shownByOthers(view: View): void;
  /** After a failure. */
  retry(): void;
  dispose(): void;
}

export function createShownSlide(slides: Slides, onChange: (origin: ViewOrigin) => void): ShownSlide {
  const opening = createOpening<View, SlideView>({
    idOf: ({ target }) => target.slideId,
    find: slides.find,
    read: slides.read,
    settle: (view, { width }) => onWidth(view, width),
    unreadable: 'the slide cannot be read',
    onChange,
  });
  /** Beside what is shown meanwhile, which stays as it is where this fails: of the files it was made of it is right. */
  const update = (slideId: string): void => {
    slides.read(slideId).then(
      (read) => {
        if (opening.view?.target.slideId === slideId) opening.replace(read);
      },
      () => undefined,
    );
  };
  /** Once for each width that somebody shows: it may be the other side that is behind. */
  let rereadFor = '';
  const stopListening = slides.onOutdated((slideId) => {
    if (opening.view?.target.slideId === slideId) update(slideId);
  });
  return {
    opening,
    get view() {
      return opening.view;
    },
    get slide() {
      return opening.read;
    },
    shownByOthers({ target: { slideId, widthPx } }) {
      const known = opening.read?.slideId === slideId ? opening.read : slides.find(slideId);
      const key = `${slideId} ${widthPx}`;
      if (!known || known.width === widthPx || key === rereadFor) return;
      rereadFor = key;
      slides.forget(slideId);
      update(slideId);
    },
    retry() {
      const slideId = opening.view?.target.slideId;
      if (slideId) slides.forget(slideId);
      opening.retry();
    },
    dispose: stopListening,
  };
}
