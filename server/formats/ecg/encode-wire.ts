import type { EcgHeader } from './decode-wire.ts';
import type { EcgRecord } from './record.ts';
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
