import type { EcgHeader } from './decode-wire.ts';
import { isLeadName } from './lead-name.ts';
import type { EcgCode, EcgDevice, EcgFacts, EcgRecord } from './record.ts';
import { MAGIC, PREFIX_BYTES, padded, VERSION } from './wire.ts';

export function encodeEcg(record: EcgRecord): Uint8Array<ArrayBuffer> {
  const leads = record.groups.flatMap((group) => group.leads);
  const header: EcgHeader = {
    ...record,
    groups: record.groups.map((group) => ({
      ...group,
      leads: group.leads.map(({ counts, ...lead }) => ({ ...lead, bits: counts instanceof Int16Array ? 16 : 32 })),
    })),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = padded(json.length);
  const total = leads.reduce((sum, { counts }) => sum + padded(counts.byteLength), PREFIX_BYTES + headerBytes);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint32(8, headerBytes, true);
  bytes.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + headerBytes);
  bytes.set(json, PREFIX_BYTES);
  let offset = PREFIX_BYTES + headerBytes;
  for (const { counts } of leads) {
    const size = counts.BYTES_PER_ELEMENT;
    for (const [index, count] of counts.entries()) {
      if (size === 2) view.setInt16(offset + index * 2, count, true);
      else view.setInt32(offset + index * 4, count, true);
    }
    offset += padded(counts.byteLength);
  }
  return bytes;
}

/** Whom the record is of, when and where it was taken: what says whose it is. */
const PATIENT_FACTS = {
  patientName: '',
  patientId: '',
  patientBirthDate: '',
  patientSex: '',
  patientAge: '',
  acquiredAt: '',
  institution: '',
} as const satisfies Partial<EcgFacts>;

/** What devices call groups; anything else may have been typed. */
const GROUP_LABEL = /^(?:RHYTHM|MEDIAN BEAT)$/i;
/** Codes of one's own begin so (PS3.3 section 8.2); a text without a scheme is no code. */
const OWN_SCHEME = /^(?:99.*|L|)$/i;
const NO_CODE: EcgCode = { value: '', scheme: '', meaning: '' };

const codeOnly = (code: EcgCode): EcgCode => (OWN_SCHEME.test(code.scheme.trim()) ? NO_CODE : code);

const withoutFreeText = (group: EcgHeader['groups'][number]): EcgHeader['groups'][number] => ({
  ...group,
  label: GROUP_LABEL.test(group.label.trim()) ? group.label : '',
  otherChannels: group.otherChannels.map((_, index) => String(index + 1)),
  leads: group.leads.map((lead, index) => ({
    ...lead,
    name: isLeadName(lead.name) ? lead.name : String(index + 1),
    source: codeOnly(lead.source),
  })),
});

const withoutStatements = ({ measurements, marks }: EcgDevice): EcgDevice => ({
  statements: [],
  measurements: measurements
    .map((one) => ({ ...one, concept: codeOnly(one.concept) }))
    // A value that nothing names any more says nothing.
    .filter(({ quantity, concept }) => quantity !== null || concept !== NO_CODE),
  marks: marks.map((one) => ({ ...one, concept: codeOnly(one.concept) })),
});

/**
 * The same record with the same samples, which says of nobody that it is theirs: without what a person may have typed, as the device's sentences and
 * what groups, channels and codes are called that DICOM does not name. @param bytes as {@link encodeEcg} gives them */
export function withoutPatient(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const samplesAt = PREFIX_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const text = new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, samplesAt));
  const header = JSON.parse(text) as EcgHeader;
  const { facts, device } = header;
  const nameless: EcgHeader = {
    ...header,
    facts: { ...facts, ...PATIENT_FACTS },
    groups: header.groups.map(withoutFreeText),
    device: withoutStatements(device),
  };
  const json = new TextEncoder().encode(JSON.stringify(nameless));
  const headerBytes = padded(json.length);
  const changed = new Uint8Array(PREFIX_BYTES + headerBytes + bytes.length - samplesAt).fill(0x20);
  changed.set(bytes.subarray(0, PREFIX_BYTES));
  new DataView(changed.buffer).setUint32(8, headerBytes, true);
  changed.set(json, PREFIX_BYTES);
  changed.set(bytes.subarray(samplesAt), PREFIX_BYTES + headerBytes);
  return changed;
}
