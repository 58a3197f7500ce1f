import { readPart } from '../byte-source.ts';
import { damaged } from '../refusal.ts';
import { safe, type TiffDirectory, type TiffField, type TiffFile, TYPE_BYTES, viewOf } from './directory.ts';

type Reader = Pick<TiffFile, 'source' | 'littleEndian'>;

/** How many bytes each value takes. Throws `file-damaged` for a type that the format does not know. */
function bytesOf({ type, tag }: TiffField): number {
  const bytes = TYPE_BYTES.get(type);
  if (bytes === undefined) throw damaged(`field ${tag} is of type ${type}`);
  return bytes;
}

/** Values `from` … `from + count - 1` of a field of numbers; rationals as quotients (division by 0: NaN or Infinity). */
export async function readNumbers(file: Reader, field: TiffField, from: number, count: number): Promise<number[]> {
  const bytes = bytesOf(field);
  if (from < 0 || from + count > field.count) throw damaged(`field ${field.tag} has too few values`);
  const view = viewOf(await readPart(file.source, field.position + from * bytes, count * bytes));
  return Array.from({ length: count }, (_, index) => numberAt(view, index * bytes, field, file.littleEndian));
}

function numberAt(view: DataView, at: number, { tag, type }: TiffField, littleEndian: boolean): number {
  switch (type) {
    case 1:
    case 7:
      return view.getUint8(at);
    case 3:
      return view.getUint16(at, littleEndian);
    case 4:
    case 13:
      return view.getUint32(at, littleEndian);
    case 5:
      return view.getUint32(at, littleEndian) / view.getUint32(at + 4, littleEndian);
    case 16:
    case 18:
      return safe(view.getBigUint64(at, littleEndian));
    case 11:
      return view.getFloat32(at, littleEndian);
    case 12:
      return view.getFloat64(at, littleEndian);
    default:
      throw damaged(`field ${tag} is of type ${type}, which counts nothing`);
  }
}

/** The first value of a field; undefined: the directory has none. */
export async function findValue(file: Reader, directory: TiffDirectory, tag: number): Promise<number | undefined> {
  const field = directory.get(tag);
  if (field === undefined || field.count === 0) return undefined;
  return (await readNumbers(file, field, 0, 1))[0];
}

/** Up to `maxBytes` of a field's bytes as they stand. */
export async function readBytes(file: Reader, field: TiffField, maxBytes: number): Promise<Uint8Array> {
  const length = Math.min(field.count * bytesOf(field), maxBytes);
  return readPart(file.source, field.position, length);
}
