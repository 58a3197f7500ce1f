/** What a file says about itself, enough to group, list and store it. Text is decoded and trimmed; absent: ''. */
export interface DicomHeader {
  transferSyntaxUid: string;
  /** False: readable, but not a Part 10 file (no preamble); other programs may refuse it. */
  part10: boolean;
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  /** As stored, decoded: component groups parted by `=`, components by `^`. For people: `formatPersonName`. */
  patientName: string;
  patientId: string;
  /** `YYYYMMDD` as stored. */
  patientBirthDate: string;
  patientSex: string;
  studyDate: string;
  studyTime: string;
  studyId: string;
  studyDescription: string;
  accessionNumber: string;
  referringPhysicianName: string;
  modality: string;
  seriesNumber: number | null;
  seriesDescription: string;
  bodyPartExamined: string;
  instanceNumber: number | null;
  numberOfFrames: number;
  /** null: no image. */
  rows: number | null;
  columns: number | null;
  hasPixelData: boolean;
}

export interface ReadHeaderOptions {
  /** The bytes are only a file's beginning, or the pixels do not matter: stop before pixel data and accept a cut. */
  partial?: boolean;
}
