/*
 * DICOM objects without a picture, written without any of the project's code (PS3.10, explicit VR little endian): an encapsulated PDF,
 * structured reports, a presentation state.
 */

export const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1';
export const ENHANCED_SR = '1.2.840.10008.5.1.4.1.1.88.22';
export const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59';
export const GRAYSCALE_PRESENTATION_STATE = '1.2.840.10008.5.1.4.1.1.11.1';
export const RT_STRUCTURE_SET = '1.2.840.10008.5.1.4.1.1.481.3';

const LONG = new Set(['OB', 'OW', 'SQ', 'UT']);

export function element(tag: string, vr: string, value: Uint8Array | string): Buffer {
  const raw = typeof value === 'string' ? Buffer.from(value, 'utf8') : Buffer.from(value);
  const odd = raw.length % 2 === 1;
  const bytes = odd ? Buffer.concat([raw, Buffer.from(vr === 'UI' || vr === 'OB' ? '\0' : ' ')]) : raw;
  const head = Buffer.alloc(LONG.has(vr) ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.write(vr, 4, 'latin1');
  if (LONG.has(vr)) head.writeUInt32LE(bytes.length, 8);
  else head.writeUInt16LE(bytes.length, 6);
  return Buffer.concat([head, bytes]);
}

export function sequence(tag: string, items: Buffer[]): Buffer {
  const pieces = items.map((item) => {
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
    head.writeUInt32LE(item.length, 4);
    return Buffer.concat([head, item]);
  });
  return element(tag, 'SQ', Buffer.concat(pieces));
}

export interface DicomDocumentByHand {
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid?: string;
  seriesInstanceUid?: string;
  modality?: string;
  seriesDescription?: string;
  /** Elements of groups above 0020, in order of tag. */
  body?: Buffer[];
}

export function dicomDocumentByHand(made: DicomDocumentByHand): Uint8Array {
  const { sopClassUid, sopInstanceUid, studyInstanceUid = '2.25.71', seriesInstanceUid = `${sopInstanceUid}.1` } = made;
  const meta = Buffer.concat([
    element('00020002', 'UI', sopClassUid),
    element('00020003', 'UI', sopInstanceUid),
    element('00020010', 'UI', '1.2.840.10008.1.2.1'),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(meta.length);
  return new Uint8Array(
    Buffer.concat([
      Buffer.alloc(128),
      Buffer.from('DICM'),
      element('00020000', 'UL', length),
      meta,
      element('00080005', 'CS', 'ISO_IR 192'),
      element('00080016', 'UI', sopClassUid),
      element('00080018', 'UI', sopInstanceUid),
      element('00080020', 'DA', '20261129'),
      element('00080060', 'CS', made.modality ?? 'DOC'),
      element('0008103E', 'LO', made.seriesDescription ?? ''),
      element('00100010', 'PN', '王^芳'),
      element('0020000D', 'UI', studyInstanceUid),
      element('0020000E', 'UI', seriesInstanceUid),
      element('00200013', 'IS', '1'),
      ...(made.body ?? []),
    ]),
  );
}

/** PS3.3 section C.24.2. */
export function encapsulatedPdf(pdf: Uint8Array, made: Partial<DicomDocumentByHand> = {}): Uint8Array {
  return dicomDocumentByHand({
    sopClassUid: ENCAPSULATED_PDF,
    sopInstanceUid: '2.25.72',
    ...made,
    body: [element('00420011', 'OB', pdf), element('00420012', 'LO', 'application/pdf')],
  });
}

export function code(tag: string, meaning: string, value = '1', scheme = '99TEST'): Buffer {
  return sequence(tag, [
    Buffer.concat([
      element('00080100', 'SH', value),
      element('00080102', 'SH', scheme),
      element('00080104', 'LO', meaning),
    ]),
  ]);
}

/** A content item, PS3.3 section C.17.3: `value` holds the elements of its type, in order of tag around its name. */
export function contentItem(valueType: string, name: string, value: Buffer[] = [], children: Buffer[] = []): Buffer {
  const parts = [
    element('0040A010', 'CS', 'CONTAINS'),
    element('0040A040', 'CS', valueType),
    ...(name === '' ? [] : [code('0040A043', name)]),
    ...value,
    ...(children.length > 0 ? [sequence('0040A730', children)] : []),
  ];
  return Buffer.concat(parts.sort((a, b) => tagOf(a) - tagOf(b)));
}

const tagOf = (bytes: Buffer): number => bytes.readUInt16LE(0) * 65536 + bytes.readUInt16LE(2);

export const measuredValue = (value: string, unit: string): Buffer =>
  sequence('0040A300', [
    Buffer.concat([
      sequence('004008EA', [
        Buffer.concat([
          element('00080100', 'SH', unit),
          element('00080102', 'SH', 'UCUM'),
          element('00080104', 'LO', unit),
        ]),
      ]),
      element('0040A30A', 'DS', value),
    ]),
  ]);

export function structuredReport(
  title: string,
  children: Buffer[],
  made: Partial<DicomDocumentByHand> = {},
): Uint8Array {
  return dicomDocumentByHand({
    sopClassUid: ENHANCED_SR,
    sopInstanceUid: '2.25.73',
    modality: 'SR',
    ...made,
    body: [
      element('0040A040', 'CS', 'CONTAINER'),
      code('0040A043', title),
      element('0040A491', 'CS', 'COMPLETE'),
      element('0040A493', 'CS', 'UNVERIFIED'),
      sequence('0040A730', children),
    ],
  });
}
