import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { dataPath } from './data.ts';
import { tiffByHand } from './tiff-by-hand.ts';
import { wsiByHand } from './wsi-by-hand.ts';

/*
 * Makes the samples that no source of clear licence has, and their reference values:
 * `node --import tsx test/support/made-samples.ts`. What it writes lies in `test/data`, so tests never run it.
 * The reference values come from sharp and OpenSlide, never from the project's own readers.
 */
const FOLDER = fileURLToPath(new URL('../data/', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'huizhen-samples-'));

type Section = Record<string, unknown>;
const references: { dicom: Section; pathology: Section } & Record<string, Section> = JSON.parse(
  readFileSync(join(FOLDER, 'references.json'), 'utf8'),
);

function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
  writeFileSync(join(FOLDER, path), bytes);
}

/** An MR slice of 64 × 64 whose header is changed at one place; the length of the value stays. */
function changedMr(change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(readFileSync(dataPath('dicom/lut/mr_small.dcm')));
  change(bytes);
  return bytes;
}

function elementAt(bytes: Buffer, group: number, element: number): number {
  const tag = Buffer.alloc(4);
  tag.writeUInt16LE(group, 0);
  tag.writeUInt16LE(element, 2);
  const at = bytes.indexOf(tag, 132);
  if (at < 0) throw new Error('no such element');
  return at;
}

function makeMalformedDicom(): void {
  const huge = changedMr((bytes) => {
    bytes.writeUInt16LE(46341, elementAt(bytes, 0x0028, 0x0010) + 8);
    bytes.writeUInt16LE(46341, elementAt(bytes, 0x0028, 0x0011) + 8);
  });
  write('dicom/malformed/huge_rows_columns_46341.dcm', huge);
  // Rows is there, but without a value; of a mere header nothing else would be at fault.
  const whole = readFileSync(dataPath('dicom/lut/mr_small.dcm'));
  const rowsAt = elementAt(whole, 0x0028, 0x0010);
  const noRows = Buffer.concat([whole.subarray(0, rowsAt + 6), Buffer.alloc(2), whole.subarray(rowsAt + 10)]);
  const pixelsAt = elementAt(noRows, 0x7fe0, 0x0010);
  write('dicom/malformed/invalid_rows.dcm', noRows.subarray(0, pixelsAt));
  const script = '<script>alert("name")</script>';
  const nameAt = elementAt(whole, 0x0010, 0x0010);
  const nameLength = whole.readUInt16LE(nameAt + 6);
  const head = Buffer.from(whole.subarray(0, nameAt + 8));
  head.writeUInt16LE(script.length, nameAt + 6);
  write(
    'dicom/malformed/xss_in_patient_fields.dcm',
    Buffer.concat([head, Buffer.from(script), whole.subarray(nameAt + 8 + nameLength)]),
  );
  const sop = '1.2.840.10008.5.1.4.1.1.4';
  references.dicom['dicom/malformed/huge_rows_columns_46341.dcm'] = { sop, rows: 46341, cols: 46341 };
  references.dicom['dicom/malformed/invalid_rows.dcm'] = { sop, cols: 64 };
  references.dicom['dicom/malformed/xss_in_patient_fields.dcm'] = { sop, rows: 64, cols: 64 };
}

/** Coloured boxes in a pyramid of four levels, tiles of 64 pixels, compressed without loss. */
async function makeBoxes(): Promise<void> {
  const [width, height] = [300, 250];
  const pixels = Buffer.alloc(width * height * 3, 255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const box = (Math.floor(x / 37) * 7 + Math.floor(y / 29) * 3) % 11;
      if (box < 8) pixels.set([(box * 53) % 256, (box * 97 + x) % 256, (box * 31 + y) % 256], (y * width + x) * 3);
    }
  }
  const name = 'pathology/boxes_pyramid.tiff';
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .tiff({
      compression: 'deflate',
      tile: true,
      tileWidth: 64,
      tileHeight: 64,
      pyramid: true,
      xres: 72 / 25.4,
      yres: 72 / 25.4,
      resolutionUnit: 'inch',
    })
    .toFile(join(FOLDER, name));
  const sides = [
    [250, 300],
    [125, 150],
    [62, 75],
    [31, 37],
  ] as const;
  const downsampleOf = ([h, w]: readonly [number, number]) => (width / w + height / h) / 2;
  references.pathology[name] = {
    levels: sides.map((side) => [...side, 3]),
    openslide: { mppX: null, objective: null, downsamples: sides.map((side) => round(downsampleOf(side), 5)) },
    regionsLevel0: await Promise.all(
      [
        [30, 25],
        [150, 120],
        [172, 122],
      ].map(([x = 0, y = 0]) => regionByOpenSlide(name, x, y)),
    ),
  };
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

async function rgbOf(input: string | Buffer): Promise<Buffer> {
  return sharp(input).toColourspace('srgb').removeAlpha().raw().toBuffer();
}

function means(rgb: Buffer): number[] {
  const sums = [0, 0, 0];
  for (const [index, value] of rgb.entries()) sums[index % 3] = (sums[index % 3] ?? 0) + value;
  return sums.map((sum) => round(sum / (rgb.length / 3), 4));
}

async function regionByOpenSlide(name: string, x: number, y: number) {
  const out = join(work, `${x}-${y}.png`);
  execFileSync('openslide-write-png', [join(FOLDER, name), ...[x, y, 0, 128, 128].map(String), out]);
  const rgb = await rgbOf(out);
  const sha256RGB = createHash('sha256').update(rgb).digest('hex');
  return { x, y, w: 128, h: 128, meanRGB: means(rgb), sha256RGB };
}

/** A tissue section as a DICOM slide of twelve levels. The header says RGB, the tiles are YCbCr by their own markers. */
async function makeDicomSlide(): Promise<void> {
  let whole = await tissueOfSvs();
  for (let level = 0; level < 12; level += 1) {
    const { width, height } = whole;
    const [tileWidth, tileHeight] = [Math.min(500, width), Math.min(500, height)];
    const frames: Uint8Array[][] = [];
    for (let top = 0; top < height; top += tileHeight) {
      for (let left = 0; left < width; left += tileWidth)
        frames.push([await tileOf(whole, left, top, tileWidth, tileHeight)]);
    }
    const name = `pathology/dicom-wsi-cmu1/level-${level}-frames-0-${frames.length}.dcm`;
    write(
      name,
      wsiByHand({
        width,
        height,
        tile: tileWidth,
        tileHeight,
        frames,
        organization: 'TILED_FULL',
        encapsulated: '1.2.840.10008.1.2.4.50',
        photometric: 'RGB',
        samples: 3,
        instance: `2.25.77160001${String(level).padStart(2, '0')}`,
        series: '2.25.7716000199',
        study: '2.25.7716000198',
        umPerPixel: 0.499 * 2 ** level,
      }),
    );
    const first = await rgbOf(Buffer.from(frames[0]?.[0] ?? []));
    references.dicom[name] = {
      transferSyntaxName: 'JPEG Baseline (1)',
      sop: '1.2.840.10008.5.1.4.1.1.77.1.6',
      rows: tileHeight,
      cols: tileWidth,
      pixels: {
        sha256: '',
        lossy: true,
        decodedPhotometric: 'RGB',
        frame0: {
          min: first.reduce((low, value) => Math.min(low, value), 255),
          max: first.reduce((high, value) => Math.max(high, value), 0),
          mean: 0,
          meanPerChannelByJpegMarkers: means(first),
        },
      },
    };
    const half = { width: Math.max(1, Math.floor(width / 2)), height: Math.max(1, Math.floor(height / 2)) };
    const data = await sharp(whole.data, { raw: { width, height, channels: 3 } })
      .resize(half.width, half.height, { kernel: 'linear', fit: 'fill' })
      .raw()
      .toBuffer();
    whole = { data, ...half };
  }
}

interface Raster {
  data: Buffer;
  width: number;
  height: number;
}

async function tissueOfSvs(): Promise<Raster> {
  const png = join(work, 'tissue.png');
  const svs = dataPath('pathology/CMU-1-Small-Region.svs');
  execFileSync('openslide-write-png', [svs, '0', '0', '0', '2220', '2967', png]);
  const { data, info } = await sharp(png, { limitInputPixels: false })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** One tile as JPEG with a JFIF marker; beyond the slide's edge it is white. */
function tileOf({ data, width, height }: Raster, left: number, top: number, w: number, h: number): Promise<Buffer> {
  const [inX, inY] = [Math.min(w, width - left), Math.min(h, height - top)];
  return sharp(data, { raw: { width, height, channels: 3 } })
    .extract({ left, top, width: inX, height: inY })
    .extend({ right: w - inX, bottom: h - inY, background: 'white' })
    .jpeg({ quality: 88 })
    .toBuffer();
}

async function makeMalformedSlides(): Promise<void> {
  write(
    'pathology/malformed/unopenable.tiff',
    tiffByHand([{ width: 512, height: 512, tile: 512, compression: 52479 }]),
  );
  const jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'pink' } })
    .jpeg()
    .toBuffer();
  // The frame header says 0 components.
  const broken = Buffer.from(jpeg);
  const frameAt = broken.indexOf(Buffer.from([0xff, 0xc0]));
  broken.writeUInt8(0, frameAt + 9);
  const description =
    'Aperio Image Library v12.2.2\r\n64x64 [0,0 64x64] (64x64) JPEG/RGB Q=30|AppMag = 20|MPP = 0.4990|Filename = made';
  write(
    'pathology/malformed/unreadable.svs',
    tiffByHand([
      { width: 64, height: 64, tile: 64, samples: 3, compression: 7, photometric: 2, description, data: () => broken },
    ]),
  );
}

makeMalformedDicom();
await makeBoxes();
await makeDicomSlide();
await makeMalformedSlides();
writeFileSync(join(FOLDER, 'references.json'), `${JSON.stringify(references)}\n`);
rmSync(work, { recursive: true });
