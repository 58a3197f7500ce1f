import { Failure } from '../../server/contract/failure.ts';
import { findString } from '../../server/formats/dicom/attributes.ts';
import { type DicomJson, jsonAttributes } from '../../server/formats/dicom/json-attributes.ts';
import { createImageReader } from '../../server/formats/image/image.ts';
import { readOverlayPlanes } from '../../server/formats/image/overlay-planes.ts';
import { orderSeries } from '../../server/formats/image/series-order.ts';
import { createAhead } from '../line/ahead.ts';
import { overOutages } from '../line/retry.ts';
import type { PictureHome } from '../viewer/picture-home.ts';
import { createDicomWeb, type DicomWeb, type SeriesAddress } from './dicomweb.ts';
import { decodedBytes, type Series, type Slice, sliceKey } from './series.ts';

/** The series of a case, each read once; a read that failed is tried again by whoever asks next. */
export interface Library {
  /** @throws Failure: what the server answered; `no-pixels` where the series has no images. */
  read(address: SeriesAddress): Promise<Series>;
  /** Where it has been read already. */
  find(address: SeriesAddress): Series | undefined;
  close(): void;
}

/** Stored bytes are fewer. A larger picture comes after the code, which shows a preview of it first. */
const MAX_AHEAD_BYTES = 2 * 1024 * 1024;

/** By address: what the first script of a page has asked for is there before the viewer is. */
const ahead = createAhead<Series>();

/** Reads the series that a viewer will open in a moment, and asks for the frame that it will show first. */
export function readSeriesAhead(home: PictureHome, address: SeriesAddress): void {
  const dicomWeb = createDicomWeb(home);
  ahead.begin(dicomWeb.addressOf(address), async (signal) => {
    const series = await readSeries(dicomWeb, address, signal);
    const [first] = series.slices;
    if (first && !first.description.onlyOverlays && decodedBytes(first) <= MAX_AHEAD_BYTES)
      dicomWeb.fetchFrameAhead(first);
    return series;
  });
}

async function readSeries(dicomWeb: DicomWeb, address: SeriesAddress, signal: AbortSignal): Promise<Series> {
  return createSeries(address, await dicomWeb.readSeries(address, signal));
}

const keyOf = ({ studyInstanceUid, seriesInstanceUid }: SeriesAddress): string =>
  `${studyInstanceUid}/${seriesInstanceUid}`;

export function createLibrary(dicomWeb: DicomWeb): Library {
  const closing = new AbortController();
  const reading = new Map<string, Promise<Series>>();
  const read = new Map<string, Series>();
  return {
    read(address) {
      const key = keyOf(address);
      const known = reading.get(key);
      if (known) return known;
      const { signal } = closing;
      const readNow = () => ahead.take(dicomWeb.addressOf(address), signal) ?? readSeries(dicomWeb, address, signal);
      const promise = overOutages(readNow, signal).then((series) => {
        read.set(key, series);
        return series;
      });
      reading.set(key, promise);
      promise.catch(() => reading.delete(key));
      return promise;
    },
    find: (address) => read.get(keyOf(address)),
    close: () => closing.abort(),
  };
}

/** A series from the metadata of its instances; instances without an image are left out. */
export function createSeries({ studyInstanceUid, seriesInstanceUid }: SeriesAddress, datasets: DicomJson[]): Series {
  const slices = datasets.flatMap((dataset) => {
    const attributes = jsonAttributes(dataset);
    const sopInstanceUid = findString(attributes, '00080018');
    const isPicture = attributes.has('00280010') || readOverlayPlanes(attributes).length > 0;
    if (sopInstanceUid === undefined || !isPicture) return [];
    const describe = createImageReader(attributes);
    const { numberOfFrames } = describe(1);
    return Array.from({ length: numberOfFrames }, (_, index): Slice => {
      const frame = index + 1;
      const description = describe(frame);
      const key = sliceKey({ sopInstanceUid, frame });
      return { key, object: 0, studyInstanceUid, seriesInstanceUid, sopInstanceUid, frame, description };
    });
  });
  const [one] = datasets;
  if (!one || slices.length === 0) {
    throw new Failure('invalid-message', 'a series without images', { reason: 'no-pixels' });
  }
  const attributes = jsonAttributes(one);
  const number = attributes.numbers('00200011', 'IS')[0] ?? null;
  const { images, ...order } = orderSeries(slices.map((slice) => ({ ...slice.description, slice })));
  const objects = new Map<string, number>();
  for (const { slice } of images) {
    slice.object = objects.get(slice.sopInstanceUid) ?? objects.size;
    objects.set(slice.sopInstanceUid, slice.object);
  }
  return {
    studyInstanceUid,
    seriesInstanceUid,
    modality: findString(attributes, '00080060') ?? '',
    number,
    text: findString(attributes, '0008103E') ?? '',
    slices: images.map(({ slice }) => slice),
    objectCount: objects.size,
    order,
  };
}
