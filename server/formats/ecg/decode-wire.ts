import { z } from 'zod';
import { Failure } from '../../contract/failure.ts';
import { EcgDevice, EcgFacts, EcgGroupHeader, EcgLeadHeader, type EcgRecord } from './record.ts';
import { MAGIC, PREFIX_BYTES, padded, VERSION } from './wire.ts';

const EcgHeader = z.object({
  facts: EcgFacts,
  groups: z.array(
    EcgGroupHeader.extend({ leads: z.array(EcgLeadHeader.extend({ bits: z.literal([16, 32]) })).min(1) }),
  ),
  device: EcgDevice,
});
export type EcgHeader = z.infer<typeof EcgHeader>;

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

function parseHeader(json: Uint8Array): EcgHeader {
  try {
    return EcgHeader.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)));
  } catch (cause) {
    throw broken('the header is not readable', cause);
  }
}

function broken(message: string, cause?: unknown): Failure {
  return new Failure('unavailable', `a damaged ECG record: ${message}`, { cause });
}
