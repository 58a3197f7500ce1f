/** ECG formats that devices export and that are not read yet. */
export type ForeignEcgFormat = 'SCP-ECG' | 'HL7 aECG' | 'EDF' | 'WFDB';

/** As many first bytes as {@link foreignEcgFormatOf} looks at. */
export const FOREIGN_ECG_HEAD_BYTES = 1024;

/**
 * Tells an ECG of another format than DICOM by its first bytes, so that a person hears what it is.
 * Sources: EN 1064 section 5.3 (SCP-ECG: its name in section 0), HL7 aECG (root element AnnotatedECG), EDF specification
 * (version "0", eight characters; BDF: FFH "BIOSEMI"), WFDB header(5) and MATLAB level 4 as PhysioNet writes it.
 * @returns undefined where it is none of them
 */
export function foreignEcgFormatOf(head: Uint8Array): ForeignEcgFormat | undefined {
  const text = String.fromCharCode(...head.subarray(0, FOREIGN_ECG_HEAD_BYTES));
  if (text.slice(16, 22) === 'SCPECG') return 'SCP-ECG';
  if (/^[\s\S]{0,3}(<\?xml[^>]*>)?[\s\S]*<(\w+:)?AnnotatedECG[\s>]/.test(text)) return 'HL7 aECG';
  // The version is followed by patient and recording, 80 characters each, and the day the recording began.
  const isEdf = text.startsWith('0       ') || text.startsWith('\xffBIOSEMI');
  if (isEdf && /^\d\d\.\d\d\.\d\d$/.test(text.slice(168, 176))) return 'EDF';
  // A record's name, its signals and its rate, then a line a signal that names the signal's file.
  if (/^(#[^\n]*\n)*[\w-]+(\/\d+)? \d{1,3} \d+(\.\d+)?[^\n]*\r?\n[\w.-]+\.(dat|mat) \d+/.test(text)) return 'WFDB';
  if (text.slice(20, 24) === 'val\0' && head[0] === 30 && head[1] === 0) return 'WFDB';
  return undefined;
}
