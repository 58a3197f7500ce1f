import { transferSyntaxOf } from '../../formats/dicom/transfer-syntax.ts';
import type { Codecs } from '../../formats/image/codecs.ts';
import { writeColor } from '../../formats/image/color.ts';
import { decodeFrame } from '../../formats/image/decode.ts';
import { readJpegHead } from '../../formats/image/jpeg/markers.ts';
import type { ByteSource } from '../../formats/slide/byte-source.ts';
import { readInstance, type WsiInstance } from '../../formats/slide/dicom/instance.ts';
import { spliceJpeg } from '../../formats/slide/jpeg-tile.ts';
import { damaged, onlyLabel, unsupported } from '../../formats/slide/refusal.ts';
import {
  type AssociatedImage,
  downsampleOf,
  getTileLevel,
  isReduced,
  type Picture,
  type Slide,
} from '../../formats/slide/slide.ts';
import { encodePng, transparentPng } from './png.ts';

type Level = WsiInstance & { downsample: number };

/**
 * Opens the instances of one series as a slide. They may come in any order; what is not the same slide made smaller is kept apart.
 * Throws `slide-only-label` where there is no slide among them, and as {@link readInstance}.
 */
export async function openDicomSlide(sources: readonly ByteSource[], codecs: Codecs): Promise<Slide> {
  const instances: WsiInstance[] = [];
  for (const source of sources) instances.push(await readInstance(source));
  if (new Set(instances.map(({ seriesInstanceUid }) => seriesInstanceUid)).size > 1)
    throw damaged('files of several series');
  const volumes = instances
    .filter(({ kind }) => kind === 'level')
    .sort((a, b) => b.width * b.height - a.width * a.height);
  const [base] = volumes;
  if (base === undefined) throw onlyLabel('only a label or an overview, or nothing that says to be the slide');
  const levels: Level[] = [{ ...base, downsample: 1 }];
  const others = instances.filter(({ kind }) => kind !== 'level');
  for (const volume of volumes.slice(1)) {
    if (isReduced(volume, base)) {
      if (!levels.some(({ width, height }) => width === volume.width && height === volume.height)) {
        levels.push({ ...volume, downsample: downsampleOf(volume, base) });
      }
    } else if (volume.width !== base.width || volume.height !== base.height) others.push({ ...volume, kind: 'other' });
  }
  const readTile = async (number: number, column: number, row: number) => {
    const level = getTileLevel(levels, number, column, row);
    const frame = level.findFrame(column, row);
    if (frame === undefined) return transparentPng(level.tileWidth, level.tileHeight);
    return readFramePicture(level, frame, codecs);
  };
  return {
    format: 'dicom',
    levels: levels.map(({ width, height, tileWidth, tileHeight, downsample }) => {
      return { width, height, tileWidth, tileHeight, downsample };
    }),
    umPerPixel: base.umPerPixel,
    objectivePower: base.objectivePower,
    associated: others.map((instance) => associatedImage(instance, base, codecs)),
    readTile,
    async check() {
      for (const level of levels.keys()) await readTile(level, 0, 0);
    },
  };
}

function associatedImage(instance: WsiInstance, base: WsiInstance, codecs: Codecs): AssociatedImage {
  const { width, height, tileWidth, tileHeight } = instance;
  // A thumbnail shows what the slide shows; of another shape it may show the label too.
  const known = instance.kind === 'level' || (instance.kind === 'thumbnail' && !isReduced(instance, base));
  return {
    kind: known ? 'other' : (instance.kind as AssociatedImage['kind']),
    width,
    height,
    async read() {
      if (width > tileWidth || height > tileHeight) throw unsupported('a picture of the label in tiles');
      return readFramePicture(instance, instance.findFrame(0, 0) ?? 0, codecs);
    },
  };
}

/** One frame as a browser draws it: a JPEG as stored, anything else without loss as PNG. */
async function readFramePicture(instance: WsiInstance, frame: number, codecs: Codecs): Promise<Picture> {
  const { image, transferSyntaxUid, readFrame } = instance;
  const stored = await readFrame(frame);
  const { codec } = transferSyntaxOf(transferSyntaxUid);
  if ((codec === 'jpeg-baseline' || codec === 'jpeg-extended') && readJpegHead(stored).precision === 8) {
    const tile = spliceJpeg(stored, null, image.photometricInterpretation === 'RGB');
    if (tile.columns !== image.columns || tile.rows !== image.rows)
      throw damaged('a tile is not of the size that the header says');
    return { mediaType: 'image/jpeg', bytes: tile.bytes };
  }
  const pixels = await decodeFrame(stored, image, transferSyntaxUid, codecs);
  const { rows: height, columns: width, data } = pixels;
  if (image.samplesPerPixel === 3) {
    const rgba = new Uint8ClampedArray(width * height * 4);
    writeColor(pixels, image, rgba);
    return encodePng({ width, height, channels: 4, data: new Uint8Array(rgba.buffer) });
  }
  if (data instanceof Uint8Array) return encodePng({ width, height, channels: 1, data });
  if (!(data instanceof Uint16Array)) throw unsupported('samples that are no gray values');
  // Brightest at the top of the range, as PNG takes it; nothing is lost by the shift.
  return encodePng({ width, height, channels: 1, data: data.map((value) => value << (16 - image.bitsStored)) });
}
