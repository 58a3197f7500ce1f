import { z } from 'zod';

/** A coded concept as the file gives it, PS3.3 section 8; absent parts are ''. */
export const EcgCode = z.object({ value: z.string(), scheme: z.string(), meaning: z.string() });
export type EcgCode = z.infer<typeof EcgCode>;

/** What was done to a channel before it was stored. null: none, or the file does not say. */
export const EcgFilters = z.object({
  /** High-pass: the lower end of the pass band (003A,0220). */
  lowHz: z.number().nullable(),
  /** Low-pass: the upper end of the pass band (003A,0221). */
  highHz: z.number().nullable(),
  /** Mains filter (003A,0222). */
  notchHz: z.number().nullable(),
});
export type EcgFilters = z.infer<typeof EcgFilters>;

/** All of a lead but its samples. */
export const EcgLeadHeader = z.object({
  /** `I`, `II`, `III`, `aVR`, `aVL`, `aVF`, `V1` … `V9`, `V2R` …, `X`, `Y`, `Z`; of any other source what the file calls it. */
  name: z.string(),
  source: EcgCode,
  /** Microvolts of one count, and of count 0: µV = count × uvPerCount + offsetUv. Never 0. */
  uvPerCount: z.number(),
  offsetUv: z.number(),
  /** The count that stands for "no sample here" (5400,100A). */
  paddingCount: z.int().nullable(),
  /** Counts at or beyond these are off the device's scale (5400,0110) (5400,0112): the true voltage is not known. */
  minCount: z.int().nullable(),
  maxCount: z.int().nullable(),
  /** When the first sample was taken, seconds after the group's begin. */
  skewS: z.number(),
  filters: EcgFilters,
  /** `III = II − I`: not stored, but computed here from the two limb leads that are. ''. */
  formula: z.string().default(''),
});
export type EcgLeadHeader = z.infer<typeof EcgLeadHeader>;

export interface EcgLead extends EcgLeadHeader {
  /** The samples as stored. {@link samplesUv} gives them in microvolts. */
  counts: Int16Array | Int32Array;
}

/** One multiplex group, PS3.3 C.10.9: channels sampled together. */
export const EcgGroupHeader = z.object({
  /** As the device names it, e.g. `RHYTHM`, `MEDIAN BEAT`; ''. */
  label: z.string(),
  /** `DERIVED`: computed by the device, as a median beat is; not what the electrodes gave. */
  originality: z.enum(['ORIGINAL', 'DERIVED']),
  sampleRateHz: z.number().positive(),
  sampleCount: z.int().positive(),
  /** Begin of the group, seconds after the record's reference time (0018,1068). */
  startS: z.number(),
  /** Sample, from 0, at the trigger or fiducial point (0018,106E). */
  triggerSample: z.int().nonnegative().nullable(),
  /** Channels that are no voltage, e.g. pressure, by name: not read. */
  otherChannels: z.array(z.string()),
});
export type EcgGroupHeader = z.infer<typeof EcgGroupHeader>;

export interface EcgGroup extends EcgGroupHeader {
  leads: EcgLead[];
}

/** What a value of the device is, where its code or its name says so plainly. */
export const EcgQuantity = z.enum([
  'heart-rate',
  'rr',
  'pp',
  'p-duration',
  'pr',
  'qrs',
  'qt',
  'qtc',
  'p-axis',
  'qrs-axis',
  't-axis',
]);
export type EcgQuantity = z.infer<typeof EcgQuantity>;

/** A value that the device computed. Nobody here has checked it. */
export const EcgMeasurement = z.object({
  quantity: EcgQuantity.nullable(),
  concept: EcgCode,
  values: z.array(z.number()),
  /** UCUM, e.g. `ms`, `deg`; ''. */
  unit: z.string(),
});
export type EcgMeasurement = z.infer<typeof EcgMeasurement>;

/** A point or a stretch of time that the device marked, e.g. a QRS onset. */
export const EcgMark = z.object({
  concept: EcgCode,
  /** `POINT`, `MULTIPOINT`, `SEGMENT`, `MULTISEGMENT`, `BEGIN`, `END` (0040,A130). */
  range: z.string(),
  /** Seconds after the begin of the group. */
  timesS: z.array(z.number()),
  /** Index in `groups` of the group that is meant; null: the file names none that is there. */
  group: z.int().nonnegative().nullable(),
  /** The beat that it belongs to, as the device numbers them (0040,A180); null. */
  annotationGroup: z.int().nullable(),
});
export type EcgMark = z.infer<typeof EcgMark>;

/** What the device says of the record, kept apart from the samples and from what people measure. */
export const EcgDevice = z.object({
  /** Its interpretation, sentence by sentence, unconfirmed. */
  statements: z.array(z.string()),
  measurements: z.array(EcgMeasurement),
  marks: z.array(EcgMark),
});
export type EcgDevice = z.infer<typeof EcgDevice>;

/** Who and when, as the file says it; absent: ''. Dates and times are DICOM's DA, TM and DT. */
export const EcgFacts = z.object({
  sopClassUid: z.string(),
  sopInstanceUid: z.string(),
  patientName: z.string(),
  patientId: z.string(),
  patientBirthDate: z.string(),
  patientSex: z.string(),
  patientAge: z.string(),
  acquiredAt: z.string(),
  institution: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  /** Where the electrodes were, e.g. standard or Mason-Likar positions. */
  electrodePlacement: z.string(),
});
export type EcgFacts = z.infer<typeof EcgFacts>;

/** An ECG, whatever format it came in. */
export interface EcgRecord {
  facts: EcgFacts;
  groups: EcgGroup[];
  device: EcgDevice;
}
