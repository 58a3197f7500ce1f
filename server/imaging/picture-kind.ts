/** The storage classes, PS3.4 table B.5-1, whose waveforms have ECG leads. A class that is not listed here is an image. */
const ECG_CLASSES: ReadonlySet<string> = new Set([
  // 12-lead, general, ambulatory and general 32-bit ECG
  '1.2.840.10008.5.1.4.1.1.9.1.1',
  '1.2.840.10008.5.1.4.1.1.9.1.2',
  '1.2.840.10008.5.1.4.1.1.9.1.3',
  '1.2.840.10008.5.1.4.1.1.9.1.4',
  // haemodynamic and basic cardiac electrophysiology: with an ECG beside the pressures
  '1.2.840.10008.5.1.4.1.1.9.2.1',
  '1.2.840.10008.5.1.4.1.1.9.3.1',
]);

const WHOLE_SLIDE_MICROSCOPY = '1.2.840.10008.5.1.4.1.1.77.1.6';

/**
 * Which viewer an object is for, told by what it is and never by its modality or name. Browser and server use this one table,
 * so that a file is announced as what it will be stored as.
 */
export function pictureKindOf(sopClassUid: string): 'imaging' | 'ecg' | 'pathology' {
  if (ECG_CLASSES.has(sopClassUid)) return 'ecg';
  return sopClassUid === WHOLE_SLIDE_MICROSCOPY ? 'pathology' : 'imaging';
}
