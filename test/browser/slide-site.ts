import { createHash, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import sharp from 'sharp';
import { Failure, type FailureCode } from '../../server/contract/failure.ts';
import type { SlideView } from '../../server/contract/pathology.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { deepZoomOf, getTilePlace } from '../../server/formats/slide/deep-zoom.ts';
import type { Slide } from '../../server/formats/slide/slide.ts';
import { FAILURE_STATUS, toFailureView } from '../../server/runtime/failures.ts';
import { openSample, openSeries, readRegion } from '../support/slide-world.ts';
import { openPageSite, type PageSite, sendJson, sendPageFile } from './viewer-page-site.ts';

const REVISION = '0123456789abcdef';
const THUMBNAIL_PX = 512;

export interface SlideSite extends PageSite {
  slides: { slideId: string; slide: Slide; view: SlideView }[];
  /** What the line does to the next requests. */
  line: {
    /** Each tile takes so long. */
    tileDelayMs: number;
    /** Tiles of this Deep Zoom level fail so, as long as it is set. */
    failingTiles: { level: number; code: FailureCode } | undefined;
    /** Whatever is asked of a slide fails so. */
    failing: FailureCode | undefined;
  };
  /** Addresses of tiles asked for, in order. */
  tilesAsked: string[];
}

export interface SlideSource {
  /** A sample file, or a folder of DICOM files. */
  name: string;
  /** Only these of the file's levels, the largest first; as a scanner that leaves some out. */
  only?: number[];
}

/** Serves the built page and slides straight from their files. */
export async function openSlideSite(sources: SlideSource[]): Promise<SlideSite> {
  const slides: SlideSite['slides'] = [];
  for (const { name, only } of sources) {
    const opened = await (name.includes('dicom-wsi') ? openSeries(name) : openSample(name));
    const kept = only ?? opened.levels.map((_, index) => index);
    const slide: Slide = {
      ...opened,
      levels: opened.levels.filter((_, index) => kept.includes(index)),
      readTile: (level, column, row) => opened.readTile(kept[level] ?? 0, column, row),
    };
    const slideId = createHash('sha256').update(`${name} ${kept}`).digest('hex');
    slides.push({ slideId, slide, view: viewOf(slideId, slide) });
  }
  const material: MaterialView = {
    materialId: '00000000-0000-4000-8000-000000000000',
    kind: 'pathology',
    description: '乙状结肠活检',
    studyDate: '',
    patients: [],
    patientsDiffer: false,
    addedAt: new Date(0).toISOString(),
    slides: slides.map(({ slideId }, index) => ({
      slideId,
      description: `HE ${index + 1}`,
      fileCount: 1,
      sizeBytes: 1_938_955,
    })),
  };
  const line: SlideSite['line'] = { tileDelayMs: 0, failingTiles: undefined, failing: undefined };
  const tilesAsked: string[] = [];
  const thumbnails = new Map<Slide, Promise<Buffer>>();

  const answer = async ({ pathname }: URL, response: ServerResponse): Promise<void> => {
    if (pathname === '/materials.json') return sendJson(response, 200, [material]);
    const slidePath = /^\/api\/consultations\/[^/]+\/slides\/([^/]+)(?:\/([0-9a-f]{16})\/(.+))?$/.exec(pathname);
    if (!slidePath) return sendPageFile(response, pathname);
    const found = slides.find(({ slideId }) => slideId === slidePath[1]);
    const part = slidePath[3];
    if (!found) return sendFailure(response, 'not-found');
    if (line.failing) return sendFailure(response, line.failing);
    if (part === undefined) return sendJson(response, 200, found.view);
    const { slide } = found;
    if (part === 'thumbnail') {
      const made = thumbnails.get(slide) ?? thumbnailOf(slide);
      thumbnails.set(slide, made);
      return void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(await made);
    }
    if (part.startsWith('associated/')) {
      const picture = await slide.associated[Number(part.slice('associated/'.length))]?.read();
      if (!picture) return void response.writeHead(404).end();
      return void response.writeHead(200, { 'content-type': picture.mediaType }).end(picture.bytes);
    }
    const [level = 0, column = 0, row = 0] = (/^slide_files\/(\d+)\/(\d+)_(\d+)\.jpeg$/.exec(part)?.slice(1) ?? []).map(
      Number,
    );
    tilesAsked.push(pathname);
    if (line.tileDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, line.tileDelayMs));
    if (line.failingTiles?.level === level) return sendFailure(response, line.failingTiles.code);
    const place = getTilePlace(deepZoomOf(slide), level, column, row);
    const tile = await slide.readTile(place.level, place.column, place.row);
    const headers = { 'content-type': tile.mediaType, 'cache-control': 'private, max-age=31536000, immutable' };
    response.writeHead(200, headers).end(tile.bytes);
  };
  const site = await openPageSite(answer);
  return {
    ...site,
    slides,
    line,
    tilesAsked,
  };
}

const sendFailure = (response: ServerResponse, code: FailureCode): void =>
  sendJson(response, FAILURE_STATUS[code], toFailureView(new Failure(code, 'as the test wants it'), randomUUID()));

function viewOf(slideId: string, slide: Slide): SlideView {
  const { width, height, maxLevel, levels } = deepZoomOf(slide);
  return {
    slideId,
    revision: REVISION,
    width,
    height,
    maxLevel,
    levels: levels.map(({ slideLevel: _, ...level }) => level),
    umPerPixel: slide.umPerPixel,
    objectivePower: slide.objectivePower,
    associated: slide.associated.map(({ kind, width, height }, index) => ({ index, kind, width, height })),
  };
}

async function thumbnailOf(slide: Slide): Promise<Buffer> {
  const coarsest = slide.levels.length - 1;
  const { width, height } = slide.levels[coarsest] ?? { width: 1, height: 1 };
  const rgb = await readRegion(slide, coarsest, { x: 0, y: 0, w: width, h: height });
  const raw = { width, height, channels: 3 as const };
  return sharp(rgb, { raw }).resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'inside' }).jpeg().toBuffer();
}
