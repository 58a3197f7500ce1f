import { paintTissue, type Tissue } from './tissue.ts';
import { writePyramid } from './write-tiff.ts';

/** As a scanner with a 20× objective. */
export const UM_PER_PIXEL = 0.5;

/** A slide file: generic tiled TIFF, as {@link writePyramid} says. It names nobody. */
export async function makeSlide(tissue: Tissue): Promise<Uint8Array> {
  return writePyramid(paintTissue(tissue), UM_PER_PIXEL);
}
