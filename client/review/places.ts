import type { PictureKind, Target, Viewport } from '../../server/contract/picture-kinds.ts';
import type { Quality } from '../../server/contract/review.ts';
import type { Kind, Unsubscribe, Viewer } from '../viewer/viewer.ts';
import { Overlay } from './overlay/overlay.ts';
import type { ReviewSession } from './session.ts';

/** Where the pictures of one kind are shown: the element, its viewer, and what lies on it. */
export interface Place {
  kind: PictureKind;
  lightbox: HTMLElement;
  viewer: Viewer;
  overlay: Overlay;
  subscriptions: Unsubscribe[];
}

export interface PlacesParts {
  host: HTMLElement;
  session: ReviewSession;
  accountId: string;
  /** Text of a viewer's element for screen readers. */
  label(): string;
  load(kind: PictureKind): Promise<Kind>;
  /** Another place is in front, or something changed that is shown around the one in front. */
  onChange(): void;
  /** The picture in front is drawn. */
  onDraw(): void;
}

/** One place a kind, of which one is in front; only that one is heard. */
export class Places {
  readonly #parts: PlacesParts;
  readonly #places = new Map<PictureKind, Place>();
  #shown: Place | undefined;
  #asked = 0;
  #disposed = false;

  constructor(parts: PlacesParts) {
    this.#parts = parts;
  }

  /** The one in front. */
  get shown(): Place | undefined {
    return this.#shown;
  }

  /** The place of the kind, in front; undefined: another one was asked for meanwhile. Rejects where the kind cannot be had. */
  async bringUp(kind: PictureKind): Promise<Place | undefined> {
    const number = ++this.#asked;
    const place = this.#places.get(kind) ?? this.#create(await this.#parts.load(kind), kind);
    if (this.#disposed || !place || number !== this.#asked) return undefined;
    if (this.#shown !== place) {
      for (const other of this.#places.values()) other.lightbox.hidden = other !== place;
      this.#shown = place;
      const { quality } = place.viewer;
      if (quality) this.#parts.session.report(quality);
      this.#parts.onChange();
    }
    return place;
  }

  /** Nothing of these pictures stays in the window. @returns the kinds of those that were closed */
  close(isGone: (target: Target) => boolean): PictureKind[] {
    const gone = [...this.#places.values()].filter(({ viewer }) => viewer.viewport && isGone(viewer.viewport.target));
    for (const place of gone) {
      this.#places.delete(place.kind);
      if (this.#shown === place) this.#shown = undefined;
      disposePlace(place);
    }
    return gone.map(({ kind }) => kind);
  }

  dispose(): void {
    this.#disposed = true;
    for (const place of this.#places.values()) disposePlace(place);
  }

  #create(loaded: Kind, kind: PictureKind): Place | undefined {
    const existing = this.#places.get(kind);
    if (existing || this.#disposed) return existing;
    const { host, session, accountId, label } = this.#parts;
    const lightbox = createLightbox(kind, label());
    host.append(lightbox);
    const viewer = loaded.createViewer();
    viewer.mount(lightbox);
    const overlay = new Overlay({ lightbox, viewer, session, accountId });
    const place: Place = { kind, lightbox, viewer, overlay, subscriptions: [] };
    place.subscriptions.push(...this.#listen(place));
    this.#places.set(kind, place);
    return place;
  }

  #listen(place: Place): Unsubscribe[] {
    const { session, onChange, onDraw } = this.#parts;
    const { viewer, overlay } = place;
    const ifShown =
      <T>(then: (value: T) => void) =>
      (value: T): void => {
        if (this.#shown === place) then(value);
      };
    return [
      viewer.onViewport(ifShown<Viewport>((viewport) => session.look(viewport))),
      viewer.onQuality(ifShown<Quality>((quality) => session.report(quality))),
      viewer.onState(ifShown<void>(onChange)),
      overlay.onState(ifShown<void>(onChange)),
      viewer.onDraw(ifShown<void>(onDraw)),
    ];
  }
}

function disposePlace({ subscriptions, overlay, viewer, lightbox }: Place): void {
  for (const unsubscribe of subscriptions) unsubscribe();
  overlay.dispose();
  viewer.dispose();
  lightbox.remove();
}

function createLightbox(kind: PictureKind, label: string): HTMLElement {
  const lightbox = document.createElement('div');
  lightbox.className = 'review-lightbox';
  lightbox.tabIndex = 0;
  lightbox.dataset['testid'] = 'review-lightbox';
  lightbox.dataset['kind'] = kind;
  lightbox.setAttribute('role', 'application');
  lightbox.setAttribute('aria-label', label);
  return lightbox;
}
