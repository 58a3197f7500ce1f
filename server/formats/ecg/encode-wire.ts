import type { EcgHeader } from './decode-wire.ts';
import type { EcgFacts, EcgRecord } from './record.ts';
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

/** The same record with the same samples, which says of nobody that it is theirs. @param bytes as {@link encodeEcg} gives them */
export function withoutPatient(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const samplesAt = PREFIX_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const text = new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, samplesAt));
  const header = JSON.parse(text) as EcgHeader;
  const json = new TextEncoder().encode(JSON.stringify({ ...header, facts: { ...header.facts, ...PATIENT_FACTS } }));
  const headerBytes = padded(json.length);
  const changed = new Uint8Array(PREFIX_BYTES + headerBytes + bytes.length - samplesAt).fill(0x20);
  changed.set(bytes.subarray(0, PREFIX_BYTES));
  new DataView(changed.buffer).setUint32(8, headerBytes, true);
  changed.set(json, PREFIX_BYTES);
  changed.set(bytes.subarray(samplesAt), PREFIX_BYTES + headerBytes);
  return changed;
}
