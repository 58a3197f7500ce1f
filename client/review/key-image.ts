import type { Target, Viewport } from '../../server/contract/picture-kinds.ts';
import type { Annotation } from '../../server/contract/review.ts';
import type { Viewer } from '../viewer/viewer.ts';
import type { Overlay } from './overlay/overlay.ts';

/** A picture for the report, as `KeyImage` of the contract wants it, before it has an id and a caption. */
export interface KeyImagePicture {
  blob: Blob;
  widthPx: number;
  heightPx: number;
  target: Target;
  viewport: Viewport;
  annotations: Annotation[];
  measurements: string[];
}

/** A mark on the picture. `text`: as the report names it. */
export interface KeyImageMark {
  annotation: Annotation;
  text: string;
}

/** As many as `KeyImage` of the contract lists; the picture itself shows all. */
const MAX_ANNOTATIONS = 200;

/** The marks on the picture, in the order in which they are numbered, as a key image could bear them. */
export function keyImageMarks(overlay: Overlay | undefined): KeyImageMark[] {
  if (!overlay || overlay.hidden) return [];
  return overlay
    .annotations()
    .slice(0, MAX_ANNOTATIONS)
    .map((annotation) => ({ annotation, text: overlay.textOf(annotation) }));
}

/** What is shown, with these marks alone. @throws where nothing is shown. */
export async function takeKeyImage(
  shown: { viewer: Viewer; overlay: Overlay } | undefined,
  annotationIds: ReadonlySet<string>,
): Promise<KeyImagePicture> {
  const viewport = shown?.viewer.viewport;
  if (!shown || !viewport) throw new Error('nothing is shown');
  const { viewer, overlay } = shown;
  const kept = keyImageMarks(overlay).filter(({ annotation }) => annotationIds.has(annotation.annotationId));
  const annotations = kept.map(({ annotation }) => annotation);
  const picture = await viewer.exportPicture(overlay.paintOf(annotations));
  const { target } = viewport;
  return { ...picture, target, viewport, annotations, measurements: kept.map(({ text }) => text) };
}
