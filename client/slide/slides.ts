import type { SlideView } from '../../server/contract/pathology.ts';
import { call } from '../api/http.ts';
import { overOutages } from '../line/retry.ts';
import type { PictureHome } from '../viewer/picture-home.ts';
import { createSignal } from '../viewer/signal.ts';
import type { Unsubscribe } from '../viewer/viewer.ts';

/** The slides of a case, each read once; a read that failed is tried again by whoever asks next. */
export interface Slides {
  /** @throws Failure: what the server answered. */
  read(slideId: string): Promise<SlideView>;
  /** Where it has been read already. */
  find(slideId: string): SlideView | undefined;
  /** It may be made of other files by now: the next one who asks gets it as it is then. */
  forget(slideId: string): void;
  /** The case says how many files it has: another number than before makes what is known of it outdated. */
  listed(slideId: string, fileCount: number): void;
  onOutdated(listener: (slideId: string) => void): Unsubscribe;
  close(): void;
}

export function createSlides(home: PictureHome): Slides {
  const closing = new AbortController();
  const reading = new Map<string, Promise<SlideView>>();
  const known = new Map<string, SlideView>();
  const fileCounts = new Map<string, number>();
  const outdated = createSignal<string>();
  const forget = (slideId: string): void => {
    known.delete(slideId);
    reading.delete(slideId);
  };
  return {
    read(slideId) {
      const before = reading.get(slideId);
      if (before) return before;
      const { signal } = closing;
      const promise = overOutages(() => readSlide(home, slideId, signal), signal).then((slide) => {
        // Outdated while it was under way: whoever asks next reads it anew.
        if (reading.get(slideId) === promise) known.set(slideId, slide);
        return slide;
      });
      reading.set(slideId, promise);
      promise.catch(() => {
        if (reading.get(slideId) === promise) reading.delete(slideId);
      });
      return promise;
    },
    find: (slideId) => known.get(slideId),
    forget,
    listed(slideId, fileCount) {
      const before = fileCounts.get(slideId);
      fileCounts.set(slideId, fileCount);
      if (before === undefined || before === fileCount) return;
      forget(slideId);
      outdated.emit(slideId);
    },
    onOutdated: outdated.on,
    close: () => closing.abort(),
  };
}

function readSlide(home: PictureHome, slideId: string, signal: AbortSignal): Promise<SlideView> {
  const [root, id = ''] = home.split('/');
  return root === 'demonstrations'
    ? call('shown-slide:read', { params: { demonstrationId: id, slideId }, signal })
    : call('slide:read', { params: { consultationId: id, slideId }, signal });
}
