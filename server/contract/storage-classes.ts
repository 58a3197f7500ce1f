import { DOCUMENT_CLASSES } from './document-types.ts';
import type { PictureKind } from './picture-kinds.ts';

/** DICOM storage classes, PS3.4 table B.5-1, of each kind of picture. */
const STORAGE_CLASSES: Record<PictureKind, readonly string[]> = {
  // Whatever class no other kind claims is an image.
  imaging: [],
  // Waveforms that have ECG leads.
  ecg: [
    // 12-lead, general, ambulatory and general 32-bit ECG
    '1.2.840.10008.5.1.4.1.1.9.1.1',
    '1.2.840.10008.5.1.4.1.1.9.1.2',
    '1.2.840.10008.5.1.4.1.1.9.1.3',
    '1.2.840.10008.5.1.4.1.1.9.1.4',
    // haemodynamic and basic cardiac electrophysiology: with an ECG beside the pressures
    '1.2.840.10008.5.1.4.1.1.9.2.1',
    '1.2.840.10008.5.1.4.1.1.9.3.1',
  ],
  // VL Whole Slide Microscopy
  pathology: ['1.2.840.10008.5.1.4.1.1.77.1.6'],
  documents: DOCUMENT_CLASSES,
};

/**
 * Which kind a DICOM object is, told by its storage class and never by its modality or name. Browser and server use this one
 * table, so that a file is announced as what it will be stored as.
 */
export function pictureKindOf(sopClassUid: string): PictureKind {
  const found = Object.entries(STORAGE_CLASSES).find(([, classes]) => classes.includes(sopClassUid));
  return (found?.[0] as PictureKind | undefined) ?? 'imaging';
}
