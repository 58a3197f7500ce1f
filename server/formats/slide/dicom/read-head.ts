import type { DicomElement } from '../../dicom/dataset.ts';
import { type DicomFile, readDicomFile } from '../../dicom/dicom-file.ts';
import { PIXEL_DATA } from '../../dicom/pixel-data.ts';
import { type ByteSource, readPart } from '../byte-source.ts';
import { notSlide, unsupported } from '../refusal.ts';

export interface DicomHead {
  file: DicomFile;
  pixels: DicomElement;
}

/** The header of most slides fits the first; positions of each of a million tiles fit the last. */
const PREFIX_BYTES = [256 * 1024, 4 * 1024 ** 2, 64 * 1024 ** 2];

/** Reads what comes before the pixels, and where they begin. Throws as `readDicomFile`, and `not-slide` without pixels. */
export async function readHead(source: ByteSource): Promise<DicomHead> {
  for (const prefixBytes of PREFIX_BYTES) {
    const length = Math.min(prefixBytes, source.sizeBytes);
    const file = readDicomFile(await readPart(source, 0, length), { partial: true });
    if (file.transferSyntax.deflated || !file.dataset.littleEndian) throw unsupported(file.transferSyntax.name);
    const pixels = file.dataset.elements.get(PIXEL_DATA);
    if (pixels !== undefined) return { file, pixels };
    if (length === source.sizeBytes) throw notSlide('a DICOM file without pixels');
  }
  throw unsupported('a header beyond measure');
}
