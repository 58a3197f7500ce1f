import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { type DicomFile, readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { bulkDataValue, toDicomJson } from '../../server/formats/dicom/dicom-json.ts';
import { frameBytes, frameTransferSyntaxUid } from '../../server/formats/dicom/frames.ts';
import { headerOf } from '../../server/formats/dicom/header.ts';
import { parsedAttributes } from '../../server/formats/dicom/parsed-attributes.ts';
import { decodeFrame } from '../../server/formats/image/decode.ts';
import { readImage } from '../../server/formats/image/image.ts';
import { renderRgba } from '../../server/formats/image/render.ts';
import { createNodeCodecs } from '../../server/pictures/thread/node-codecs.ts';
import { dataPath, readData } from '../support/data.ts';
import { openPageSite, type PageSite, sendJson, sendPageFile } from './viewer-page-site.ts';

export interface ViewerSite extends PageSite {
  /** What the line does to the next requests. */
  line: {
    /** Each frame takes so long. */
    frameDelayMs: number;
    /** Frames wait until it is false again. */
    held: boolean;
    /** Frames are answered with 503. */
    down: boolean;
  };
  /** Addresses of frames asked for, in order. */
  framesAsked: string[];
}

interface Stored {
  file: DicomFile;
  bytes: Uint8Array;
}

/** Serves the built page and, straight from files, what WADO-RS answers for them. @param sources each one series: a folder, a file, or files made by hand. */
export async function openViewerSite(sources: (string | Uint8Array[])[]): Promise<ViewerSite> {
  const instances = new Map<string, Stored>();
  const series = new Map<string, string[]>();
  const materials: MaterialView[] = [];
  for (const source of sources) {
    const files = typeof source === 'string' ? await readSeries(source) : source;
    const uids: string[] = [];
    for (const bytes of files) {
      const file = readDicomFile(bytes);
      const { sopInstanceUid } = headerOf(file);
      instances.set(sopInstanceUid, { file, bytes });
      uids.push(sopInstanceUid);
    }
    const [first = ''] = uids;
    const header = headerOf((instances.get(first) as Stored).file);
    series.set(header.seriesInstanceUid, uids);
    materials.push({
      materialId: `00000000-0000-4000-8000-${String(materials.length).padStart(12, '0')}`,
      kind: 'imaging',
      studyInstanceUid: header.studyInstanceUid,
      description: header.studyDescription,
      studyDate: header.studyDate,
      patients: [],
      patientsDiffer: false,
      addedAt: new Date(0).toISOString(),
      series: [
        {
          seriesInstanceUid: header.seriesInstanceUid,
          modality: header.modality,
          number: header.seriesNumber,
          description: header.seriesDescription,
          instanceCount: uids.length,
          frameCount: uids.reduce((sum, uid) => sum + headerOf((instances.get(uid) as Stored).file).numberOfFrames, 0),
        },
      ],
    });
  }
  const line = { frameDelayMs: 0, held: false, down: false };
  const framesAsked: string[] = [];

  const answer = async ({ pathname, searchParams }: URL, response: ServerResponse): Promise<void> => {
    if (pathname === '/materials.json') return sendJson(response, 200, materials);
    const metadata = /^\/dicomweb\/.*\/series\/([\d.]+)\/metadata$/.exec(pathname);
    if (metadata) {
      const uids = series.get(metadata[1] ?? '') ?? [];
      const datasets = uids.map((uid) =>
        toDicomJson((instances.get(uid) as Stored).file, { bulkDataUri: (path) => `bulkdata/${path}` }),
      );
      return sendJson(response, 200, datasets, 'application/dicom+json');
    }
    if (pathname.startsWith('/samples/')) {
      const sample = await readFile(dataPath(decodeURIComponent(pathname.slice('/samples/'.length))));
      return void response.writeHead(200).end(sample);
    }
    const bulk = /\/instances\/([\d.]+)\/bulkdata\/([\dA-F]+)$/.exec(pathname);
    if (bulk) {
      const value = bulkDataValue((instances.get(bulk[1] ?? '') as Stored).file, bulk[2] ?? '');
      return void response.writeHead(value ? 200 : 404, { 'content-type': 'application/octet-stream' }).end(value);
    }
    const frame = /^\/dicomweb\/.*\/instances\/([\d.]+)\/frames\/(\d+)(\/rendered)?$/.exec(pathname);
    if (!frame) return sendPageFile(response, pathname);
    const stored = instances.get(frame[1] ?? '');
    const number = Number(frame[2]);
    if (!stored) return void response.writeHead(404).end();
    if (frame[3]) return sendPreview(response, stored.file, number, searchParams.get('window'));
    framesAsked.push(pathname);
    const { down, frameDelayMs } = line;
    if (frameDelayMs > 0) await wait(frameDelayMs);
    while (line.held) await wait(20);
    if (down || line.down) return void response.writeHead(503).end();
    const uid = frameTransferSyntaxUid(stored.file.transferSyntax);
    response.writeHead(200, {
      'content-type': 'multipart/related; type="application/octet-stream"; boundary=b0undary',
    });
    response.write(`\r\n--b0undary\r\ncontent-type: application/octet-stream; transfer-syntax=${uid}\r\n\r\n`);
    response.write(frameBytes(stored.file, number));
    response.end('\r\n--b0undary--\r\n');
  };
  const site = await openPageSite(answer);
  return {
    ...site,
    line,
    framesAsked,
  };
}

async function readSeries(source: string): Promise<Uint8Array[]> {
  const names = source.endsWith('.dcm')
    ? [source]
    : (await readdir(dataPath(source))).filter((name) => name.endsWith('.dcm')).map((name) => `${source}/${name}`);
  return Promise.all(names.map(readData));
}

async function sendPreview(
  response: ServerResponse,
  file: DicomFile,
  frame: number,
  window: string | null,
): Promise<void> {
  const image = readImage(parsedAttributes(file.dataset), frame);
  const uid = frameTransferSyntaxUid(file.transferSyntax);
  const pixels = await decodeFrame(frameBytes(file, frame), image, uid, createNodeCodecs());
  const [center = Number.NaN, width = Number.NaN] = (window ?? '').split(',').map(Number);
  const voi = Number.isNaN(width) ? null : { center, width, function: 'LINEAR' as const };
  const rgba = renderRgba(pixels, image, voi, false);
  const raw = { width: pixels.columns, height: pixels.rows, channels: 4 as const };
  const jpeg = await sharp(rgba, { raw }).jpeg({ quality: 80 }).toBuffer();
  response.writeHead(200, { 'content-type': 'image/jpeg' }).end(jpeg);
}
