import type { SlideView } from '../../server/contract/pathology.ts';
import { call } from '../api/http.ts';
import { overOutages } from '../review/retry.ts';

/** The slides of a case, each read once; a read that failed is tried again by whoever asks next. */
export interface Slides {
  /** @throws Failure: what the server answered. */
  read(slideId: string): Promise<SlideView>;
  /** Where it has been read already. */
  find(slideId: string): SlideView | undefined;
  /** It may be made of other files by now: the next one who asks gets it as it is then. */
  forget(slideId: string): void;
  close(): void;
}

export function createSlides(consultationId: string): Slides {
  const closing = new AbortController();
  const reading = new Map<string, Promise<SlideView>>();
  const known = new Map<string, SlideView>();
  return {
    read(slideId) {
      const before = reading.get(slideId);
      if (before) return before;
      const { signal } = closing;
      const params = { consultationId, slideId };
      const promise = overOutages(() => call('slide:read', { params, signal }), signal).then((slide) => {
        known.set(slideId, slide);
        return slide;
      });
      reading.set(slideId, promise);
      promise.catch(() => reading.delete(slideId));
      return promise;
    },
    find: (slideId) => known.get(slideId),
    forget(slideId) {
      known.delete(slideId);
      reading.delete(slideId);
    },
    close: () => closing.abort(),
  };
}
