import { z } from 'zod';
import { Failure } from '../../contract/failure.ts';
import { EcgDevice, EcgFacts, EcgGroupHeader, EcgLeadHeader, type EcgRecord } from './record.ts';

/*
 * An ECG on its way to the browser, `application/vnd.huizhen.ecg`. All numbers little endian.
 *
 *   0   4  'HECG'
 *   4   1  version, 1
 *   5   3  0
 *   8   4  bytes of the header, a multiple of 4
 *  12      header: JSON (UTF-8) of EcgHeader, filled up with spaces
 *          then each lead's samples, group by group in the header's order: sampleCount integers of the lead's `bits`
 *          (16 or 32), signed, filled up with zeros to a multiple of 4 bytes
 *
 * The samples stay the integers that the device stored, beside what one is worth: as exact as the file, and 240 kB for
 * twelve leads of ten seconds at 1000 Hz.
 */

export const ECG_MEDIA_TYPE = 'application/vnd.huizhen.ecg';

const MAGIC = 0x47434548;
const VERSION = 1;
const PREFIX_BYTES = 12;

const EcgHeader = z.object({
  facts: EcgFacts,
  groups: z.array(
    EcgGroupHeader.extend({ leads: z.array(EcgLeadHeader.extend({ bits: z.literal([16, 32]) })).min(1) }),
  ),
  device: EcgDevice,
});

const padded = (bytes: number) => Math.ceil(bytes / 4) * 4;

export function encodeEcg(record: EcgRecord): Uint8Array<ArrayBuffer> {
  const leads = record.groups.flatMap((group) => group.leads);
  const header: z.infer<typeof EcgHeader> = {
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

/** @throws Failure unavailable where the bytes are not a whole record of this version: something on the way cut or changed them. */
export function decodeEcg(bytes: Uint8Array): EcgRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < PREFIX_BYTES || view.getUint32(0, true) !== MAGIC || view.getUint8(4) !== VERSION)
    throw broken('no ECG record of this version');
  const start = PREFIX_BYTES + view.getUint32(8, true);
  if (start > bytes.length) throw broken('the header is cut off');
  const header = parseHeader(bytes.subarray(PREFIX_BYTES, start));
  let offset = start;
  const groups = header.groups.map((group) => ({
    ...group,
    leads: group.leads.map(({ bits, ...lead }) => {
      const byteLength = (group.sampleCount * bits) / 8;
      if (offset + byteLength > bytes.length) throw broken('the samples are cut off');
      const at = offset;
      offset += padded(byteLength);
      return { ...lead, counts: readLead(view, at, group.sampleCount, bits) };
    }),
  }));
  if (offset !== bytes.length) throw broken('bytes beyond the last sample');
  return { ...header, groups };
}

function readLead(view: DataView, offset: number, length: number, bits: 16 | 32): Int16Array | Int32Array {
  const counts = bits === 16 ? new Int16Array(length) : new Int32Array(length);
  for (let index = 0; index < length; index += 1) {
    counts[index] = bits === 16 ? view.getInt16(offset + index * 2, true) : view.getInt32(offset + index * 4, true);
  }
  return counts;
}

function parseHeader(json: Uint8Array): z.infer<typeof EcgHeader> {
  try {
    return EcgHeader.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)));
  } catch (cause) {
    throw broken('the header is not readable', cause);
  }
}

function broken(message: string, cause?: unknown): Failure {
  return new Failure('unavailable', `a damaged ECG record: ${message}`, { cause });
}
