export interface HandPage {
  width: number;
  height: number;
  /** Side of its tiles. */
  tile?: number;
  strips?: boolean;
  subfileType?: number;
  description?: string;
  compression?: number;
  photometric?: number;
  bits?: number;
  samples?: number;
  planar?: number;
  /** Each tile or strip as stored; white pixels where it is left out, no tile where it is null. */
  data?: (index: number) => Uint8Array | null;
  /** Fields written as they are, in place of those above: tag, type (3 SHORT, 4 LONG), values. */
  fields?: [tag: number, type: 3 | 4, values: number[]][];
}

export interface HandOptions {
  bigEndian?: boolean;
  /** Where the last directory says that the next one lies, given where each lies. */
  next?: (directories: number[]) => number;
}

/** A classic TIFF of gray pages, one directory after another, for what no public file shows. */
export function tiffByHand(pages: HandPage[], { bigEndian = false, next }: HandOptions = {}): Uint8Array {
  const chunks: Uint8Array[] = [];
  let position = 8;
  const add = (bytes: Uint8Array): number => {
    const at = position;
    const padded = new Uint8Array(bytes.length + (bytes.length % 2));
    padded.set(bytes);
    chunks.push(padded);
    position += padded.length;
    return at;
  };
  const little = !bigEndian;
  const encode = (type: number, values: number[]): Uint8Array => {
    const size = type === 2 ? 1 : type === 3 ? 2 : 4;
    const bytes = new Uint8Array(values.length * size);
    const view = new DataView(bytes.buffer);
    for (const [index, value] of values.entries()) {
      if (size === 1) view.setUint8(index, value);
      else if (size === 2) view.setUint16(index * 2, value, little);
      else view.setUint32(index * 4, value, little);
    }
    return bytes;
  };
  const directories: number[] = [];
  const links: { chunk: Uint8Array; at: number }[] = [];
  for (const page of pages) {
    const fields = fieldsOf(page, add).sort(([a], [b]) => a - b);
    const body = new Uint8Array(2 + fields.length * 12 + 4);
    const view = new DataView(body.buffer);
    view.setUint16(0, fields.length, little);
    for (const [index, [tag, type, values]] of fields.entries()) {
      const at = 2 + index * 12;
      const bytes = encode(type, values);
      view.setUint16(at, tag, little);
      view.setUint16(at + 2, type, little);
      view.setUint32(at + 4, values.length, little);
      if (bytes.length <= 4) body.set(bytes, at + 8);
      else view.setUint32(at + 8, add(bytes), little);
    }
    directories.push(add(body));
    links.push({ chunk: chunks.at(-1) ?? body, at: body.length - 4 });
  }
  for (const [index, { chunk, at }] of links.entries()) {
    const following = directories[index + 1] ?? next?.(directories) ?? 0;
    new DataView(chunk.buffer).setUint32(at, following, little);
  }
  const file = new Uint8Array(position);
  const head = new DataView(file.buffer);
  head.setUint16(0, bigEndian ? 0x4d4d : 0x4949);
  head.setUint16(2, 42, little);
  head.setUint32(4, directories[0] ?? 0, little);
  let at = 8;
  for (const chunk of chunks) {
    file.set(chunk, at);
    at += chunk.length;
  }
  return file;
}

type Field = [tag: number, type: number, values: number[]];

function fieldsOf(page: HandPage, add: (bytes: Uint8Array) => number): Field[] {
  const { width, height, bits = 8, samples = 1 } = page;
  const [w, h] = page.tile === undefined ? [width, height] : [page.tile, page.tile];
  const count = Math.ceil(width / w) * Math.ceil(height / h);
  const pieces = Array.from({ length: count }, (_, index) => {
    return page.data === undefined ? new Uint8Array(w * h * samples).fill(255) : page.data(index);
  });
  const offsets = pieces.map((bytes) => (bytes === null ? 0 : add(bytes)));
  const lengths = pieces.map((bytes) => bytes?.length ?? 0);
  const fields: Field[] = [
    [254, 4, [page.subfileType ?? 0]],
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, Array.from({ length: samples }, () => bits)],
    [259, 3, [page.compression ?? 1]],
    [262, 3, [page.photometric ?? (samples === 1 ? 1 : 2)]],
    [277, 3, [samples]],
    [284, 3, [page.planar ?? 1]],
  ];
  if (page.description !== undefined) fields.push([270, 2, [...new TextEncoder().encode(`${page.description}\0`)]]);
  if (page.tile === undefined) fields.push([273, 4, offsets], [278, 4, [height]], [279, 4, lengths]);
  else fields.push([322, 4, [w]], [323, 4, [h]], [324, 4, offsets], [325, 4, lengths]);
  const own = page.fields ?? [];
  return [...fields.filter(([tag]) => !own.some(([ownTag]) => ownTag === tag)), ...own];
}
