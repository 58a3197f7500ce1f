import { Failure } from '../../server/contract/failure.ts';
import type { DicomJson } from '../../server/formats/dicom/json-attributes.ts';
import { parseMediaType } from '../../server/formats/media-type.ts';
import { partsOf } from '../../server/formats/multipart.ts';
import { fetchBytes, fetchBytesAhead } from '../api/fetch-bytes.ts';
import type { PictureHome } from '../viewer/picture-home.ts';

export interface SeriesAddress {
  studyInstanceUid: string;
  seriesInstanceUid: string;
}

export interface FrameAddress extends SeriesAddress {
  sopInstanceUid: string;
  /** From 1. */
  frame: number;
}

export interface EncodedFrame {
  bytes: Uint8Array<ArrayBuffer>;
  transferSyntaxUid: string;
}

/** WADO-RS of one case, PS3.18 section 10.4: what a person may see is decided by the case. */
export interface DicomWeb {
  addressOf(series: SeriesAddress): string;
  /** Metadata of every instance of a series. */
  readSeries(series: SeriesAddress, signal: AbortSignal): Promise<DicomJson[]>;
  /** One frame as it is stored, whatever its transfer syntax. */
  readFrame(frame: FrameAddress, signal: AbortSignal): Promise<EncodedFrame>;
  /** Asks for a frame that will be read in a moment. */
  fetchFrameAhead(frame: FrameAddress): void;
  /** The value of an element that metadata gives by its address: eight hex digits, little endian. */
  readBulk(instance: Omit<FrameAddress, 'frame'>, element: string, signal: AbortSignal): Promise<Uint8Array>;
  /** One frame drawn by the server, JPEG, in the window `center,width,function` or the file's own. */
  readPreview(frame: FrameAddress, window: string | undefined, signal: AbortSignal): Promise<Blob>;
}

const STORED_FRAMES = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

const METADATA = 'application/dicom+json';

export function createDicomWeb(home: PictureHome): DicomWeb {
  const addressOf = ({ studyInstanceUid, seriesInstanceUid }: SeriesAddress): string =>
    `/dicomweb/${home}/studies/${studyInstanceUid}/series/${seriesInstanceUid}`;
  const frameAddressOf = (frame: FrameAddress): string =>
    `${addressOf(frame)}/instances/${frame.sopInstanceUid}/frames/${frame.frame}`;
  return {
    addressOf,
    async readSeries(series, signal) {
      const { bytes } = await fetchBytes(`${addressOf(series)}/metadata`, METADATA, signal);
      const datasets: unknown = JSON.parse(new TextDecoder().decode(bytes));
      if (!Array.isArray(datasets)) throw new Failure('internal', 'metadata that is no list of datasets');
      return datasets as DicomJson[];
    },
    async readFrame(frame, signal) {
      return readFramePart(await fetchBytes(frameAddressOf(frame), STORED_FRAMES, signal));
    },
    fetchFrameAhead: (frame) => fetchBytesAhead(frameAddressOf(frame), STORED_FRAMES),
    async readBulk(instance, element, signal) {
      const address = `${addressOf(instance)}/instances/${instance.sopInstanceUid}/bulkdata/${element}`;
      return (await fetchBytes(address, 'application/octet-stream', signal)).bytes;
    },
    async readPreview(frame, window, signal) {
      const query = window === undefined ? '' : `?window=${encodeURIComponent(window)}`;
      const { bytes } = await fetchBytes(`${frameAddressOf(frame)}/rendered${query}`, 'image/jpeg', signal);
      return new Blob([bytes], { type: 'image/jpeg' });
    },
  };
}

/** The one part of an answer with a stored frame. @throws Failure internal where it is none, or cut: another try may bring it */
export async function readFramePart({
  contentType,
  bytes,
}: {
  contentType: string;
  bytes: Uint8Array;
}): Promise<EncodedFrame> {
  const media = parseMediaType(contentType);
  const boundary = media?.type === 'multipart/related' ? media.parameters.get('boundary') : undefined;
  const [part] = boundary === undefined ? [] : await partsOf(bytes, boundary).catch(() => []);
  if (!part) throw new Failure('internal', `a frame answered as ${contentType} without a whole part`);
  // Without the parameter the default of PS3.18 section 8.7.3.3.2 holds.
  const named = parseMediaType(part.headers.get('content-type') ?? '')?.parameters.get('transfer-syntax');
  return { bytes: new Uint8Array(part.body), transferSyntaxUid: named ?? EXPLICIT_VR_LITTLE_ENDIAN };
}
