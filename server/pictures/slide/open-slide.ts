import type { Codecs } from '../../formats/image/codecs.ts';
import { type ByteSource, readPart } from '../../formats/slide/byte-source.ts';
import { notSlide } from '../../formats/slide/refusal.ts';
import type { Slide } from '../../formats/slide/slide.ts';
import { isTiff } from '../../formats/slide/tiff/directory.ts';
import { openDicomSlide } from './dicom-slide.ts';
import { openTiffSlide } from './tiff-slide.ts';

/** What a file's first bytes say it may be; the name is not looked at. null: no slide. */
export async function recogniseSlide(source: ByteSource): Promise<'dicom' | 'tiff' | null> {
  if (source.sizeBytes < 8) return null;
  const head = await readPart(source, 0, Math.min(132, source.sizeBytes));
  // A DICOM file may carry a TIFF header in its preamble so that either reader opens it: then DICOM knows more.
  if (String.fromCharCode(...head.subarray(128, 132)) === 'DICM') return 'dicom';
  return isTiff(head) ? 'tiff' : null;
}

/**
 * Opens a slide in place: Aperio SVS, OME-TIFF, generic tiled TIFF, or one instance of DICOM WSI (the instances of a series belong
 * together: {@link openDicomSlide}). The source must stay readable as long as the slide is used.
 *
 * Throws `not-slide`, `slide-only-label`, `slide-not-tiled`, `slide-encoding-unsupported`, `file-damaged`, `file-truncated`, `file-empty`.
 */
export async function openSlide(source: ByteSource, codecs: Codecs): Promise<Slide> {
  const kind = await recogniseSlide(source);
  if (kind === 'dicom') return openDicomSlide([source], codecs);
  if (kind === 'tiff') return openTiffSlide(source, codecs);
  throw notSlide('neither TIFF nor DICOM');
}
