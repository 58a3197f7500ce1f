import type { Target, Viewport } from '../../server/contract/picture-kinds.ts';
import { type Annotation, isSameShape } from '../../server/contract/review.ts';
import type { Picture, Viewer } from '../viewer/viewer.ts';
import { middleOf, sightAround, sightOf } from './jump.ts';
import type { Overlay } from './overlay/overlay.ts';
import type { ReviewSession } from './session.ts';

/** A mark of the case, as the list of measurements names it. */
export interface MarkEntry {
  annotation: Annotation;
  picture: Picture | undefined;
  /** What was measured; undefined until its picture was seen in this window. */
  text: string | undefined;
  /** It lies on what is shown now. */
  isShown: boolean;
}

export interface MarkTour {
  /** Remembers what the marks in sight read: their values are known where their picture is. */
  note(): void;
  /** All marks of the case, in the order of their pictures. */
  list(): MarkEntry[];
  /** Shows a mark: its picture, its place, and chooses it. */
  jumpTo(annotation: Annotation): Promise<void>;
}

export interface MarkTourParts {
  session: ReviewSession;
  shown(): { lightbox: HTMLElement; viewer: Viewer; overlay: Overlay } | undefined;
  pictures(): Picture[];
  pictureId(target: Target): string | undefined;
  open(picture: Picture): Promise<void>;
}

/** From mark to mark over the pictures of a case. */
export function createMarkTour({ session, shown, pictures, pictureId, open }: MarkTourParts): MarkTour {
  /** What was measured, as it read when its picture was last in sight. */
  const readings = new Map<string, { shape: Annotation['shape']; text: string }>();
  const pictureOf = ({ target }: Annotation): Picture | undefined => {
    const wanted = pictureId(target);
    return pictures().find((picture) => picture.pictureId === wanted);
  };
  const entryOf = (annotation: Annotation, here: ReadonlySet<string>): MarkEntry => {
    const { annotationId, shape } = annotation;
    const isShown = here.has(annotationId);
    const reading = readings.get(annotationId);
    const text = reading && isSameShape(reading.shape, shape) ? reading.text : undefined;
    return { annotation, picture: pictureOf(annotation), text, isShown };
  };
  const note = (): void => {
    const overlay = shown()?.overlay;
    for (const annotation of overlay?.annotations() ?? [])
      readings.set(annotation.annotationId, { shape: annotation.shape, text: overlay?.textOf(annotation) ?? '' });
  };
  return {
    note,
    list() {
      note();
      const here = new Set(
        shown()
          ?.overlay.annotations()
          .map(({ annotationId }) => annotationId),
      );
      const order = pictures().map((picture) => picture.pictureId);
      const place = ({ picture }: MarkEntry): number => order.indexOf(picture?.pictureId ?? '');
      return session
        .annotations(() => true)
        .map((annotation) => entryOf(annotation, here))
        .sort((a, b) => place(a) - place(b) || compareIds(a.annotation, b.annotation));
    },
    async jumpTo(annotation) {
      const { target, shape, annotationId } = annotation;
      const picture = pictureOf(annotation);
      if (!picture || !shape) return;
      const before = shown()?.viewer.viewport?.target;
      if (before?.kind !== target.kind || pictureId(before) !== picture.pictureId) await open(picture);
      const place = shown();
      const viewport = place?.viewer.viewport;
      const sight = viewport && sightOf(viewport, target);
      if (!place || !sight) return;
      const { viewer, lightbox, overlay } = place;
      const go = (to: Viewport): void => {
        viewer.show(to);
        session.look(to);
      };
      if (!viewer.isSame(viewport.target, target)) go(sight);
      const middle = viewer.toScreen(middleOf(shape));
      const { clientWidth: width, clientHeight: height } = lightbox;
      if (!(middle && middle.x > 0 && middle.y > 0 && middle.x < width && middle.y < height))
        go(sightAround(sight, middleOf(shape)));
      overlay.choose(annotationId);
    },
  };
}

/** An order that stays, whatever is changed: no mark gets another's number by being moved. */
function compareIds(a: Annotation, b: Annotation): number {
  return a.annotationId < b.annotationId ? -1 : 1;
}
