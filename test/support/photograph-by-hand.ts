import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/*
 * Photographs as a telephone writes them: the words about their making are put around the coded picture by hand, so that a test can look
 * for each of them afterwards.
 */

/** What must not leave the computer, word for word as it stands in the files below. */
export const SECRETS = [
  'HUAWEI P40',
  '2026:11:29',
  'XMP-WORD',
  'IPTC-WORD',
  'COMMENT-WORD',
  'THUMBNAIL',
  'BEHIND-THE-END',
];
/** 30° 40' north, as Exif's degrees. */
const LATITUDE = [30, 40, 0];

/** Red on the left, blue on the right, green at the bottom: as stored. */
function picture(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      pixels[(y * width + x) * 3 + (y >= height * 0.75 ? 1 : x < width / 2 ? 0 : 2)] = 220;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

export interface PhotographByHand {
  width?: number;
  height?: number;
  orientation?: number;
  progressive?: boolean;
  /** Without a word about its making. */
  bare?: boolean;
}

export async function jpegByHand(made: PhotographByHand = {}): Promise<Uint8Array> {
  const { width = 64, height = 48, orientation = 1, progressive = false, bare = false } = made;
  const image = picture(width, height);
  const coded = await image.jpeg({ quality: 90, progressive, chromaSubsampling: '4:4:4' }).toBuffer();
  if (bare) return new Uint8Array(coded);
  const segments = [
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(orientation)])),
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP-WORD</x:xmpmeta>')),
    segment(0xe2, Buffer.from('MPF\0THUMBNAIL')),
    segment(0xed, Buffer.from('Photoshop 3.0\x008BIM IPTC-WORD')),
    segment(0xfe, Buffer.from('COMMENT-WORD')),
  ];
  return new Uint8Array(
    Buffer.concat([coded.subarray(0, 2), ...segments, coded.subarray(2), Buffer.from('BEHIND-THE-END')]),
  );
}

export async function pngByHand({
  width = 64,
  height = 48,
  orientation = 1,
  bare = false,
}: PhotographByHand = {}): Promise<Uint8Array> {
  const coded = await picture(width, height).png().toBuffer();
  if (bare) return new Uint8Array(coded);
  const headerEnd = 8 + 25;
  const chunks = [
    chunk('eXIf', exif(orientation)),
    chunk('tEXt', Buffer.from('Comment\0COMMENT-WORD')),
    chunk('iTXt', Buffer.from('XML:com.adobe.xmp\0\0\0\0\0XMP-WORD')),
    chunk('tIME', Buffer.from([7, 234, 11, 29, 10, 0, 0])),
  ];
  return new Uint8Array(
    Buffer.concat([coded.subarray(0, headerEnd), ...chunks, coded.subarray(headerEnd), Buffer.from('BEHIND-THE-END')]),
  );
}

function segment(marker: number, value: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(value.length + 2, 2);
  return Buffer.concat([head, value]);
}

function chunk(type: string, value: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), value]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(value.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

/** Big endian, as telephones write it: model, time, orientation, place. */
function exif(orientation: number): Buffer {
  const texts = Buffer.from('HUAWEI P40\0\x002026:11:29 10:00:00\0', 'latin1');
  const entries = 4;
  const directory = 8;
  const values = directory + 2 + entries * 12 + 4;
  const gps = values + texts.length;
  const head = Buffer.from([0x4d, 0x4d, 0, 0x2a, 0, 0, 0, directory]);
  const gpsValues = gps + 2 + 12 + 4;
  const place = Buffer.concat(LATITUDE.map((degrees) => Buffer.concat([long(degrees), long(1)])));
  return Buffer.concat([
    head,
    short(entries),
    entry(0x0110, 2, 11, long(values)),
    entry(0x0112, 3, 1, Buffer.concat([short(orientation), short(0)])),
    entry(0x0132, 2, 20, long(values + 12)),
    entry(0x8825, 4, 1, long(gps)),
    long(0),
    texts,
    short(1),
    entry(0x0002, 5, 3, long(gpsValues)),
    long(0),
    place,
  ]);
}

function entry(tag: number, type: number, count: number, value: Buffer): Buffer {
  return Buffer.concat([short(tag), short(type), long(count), value]);
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
