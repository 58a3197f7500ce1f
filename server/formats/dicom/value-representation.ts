import type { DicomElement } from './dataset.ts';

/** VRs whose text the Specific Character Set governs, PS3.5 section 6.1.2.3. */
const TEXT_VRS = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
/** VRs of text in which a backslash is a character, not the end of a value, PS3.5 section 6.2. */
const SINGLE_VALUED_VRS = new Set(['LT', 'ST', 'UT', 'UR']);

/** In implicit VR, where the file names no VR: the text that identifies, which every device fills in. */
const TEXT_TAGS = new Set([
  '00080080', // Institution Name
  '00080081', // Institution Address
  '00080090', // Referring Physician's Name
  '00081030', // Study Description
  '0008103E', // Series Description
  '00081040', // Institutional Department Name
  '00081050', // Performing Physician's Name
  '00081070', // Operators' Name
  '00100010', // Patient's Name
  '00101001', // Other Patient Names
  '00104000', // Patient Comments
  '00181030', // Protocol Name
  '00204000', // Image Comments
  '00321060', // Requested Procedure Description
]);

export function isSingleValuedVr(vr: string | undefined): boolean {
  return vr !== undefined && SINGLE_VALUED_VRS.has(vr);
}

export function isTextElement(element: DicomElement): boolean {
  return element.vr === undefined || element.vr === 'UN' ? TEXT_TAGS.has(element.tag) : TEXT_VRS.has(element.vr);
}

export function isPersonName(element: DicomElement): boolean {
  return element.vr === undefined || element.vr === 'UN' ? PERSON_NAME_TAGS.has(element.tag) : element.vr === 'PN';
}

const PERSON_NAME_TAGS = new Set(['00080090', '00081050', '00081060', '00081070', '00100010', '00101001']);
