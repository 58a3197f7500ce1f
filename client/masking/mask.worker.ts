import { blackOut, isBlackable } from './black-out.ts';
import { type Covered, CoveredParts, type MaskPlan, type PictureShape } from './covered-parts.ts';
import type { MaskedPictures } from './masking.ts';
import { encodePoster } from './poster.ts';

/** What can be taken of the picture that was sent last: as it is, or small. */
export type TakenPicture = 'still' | 'poster';

export type MaskRequest =
  | {
      kind: 'begin';
      raw: ReadableStream<VideoFrame>;
      masked: WritableStream<VideoFrame>;
      plan: MaskPlan;
      revision: number;
    }
  | { kind: 'plan'; plan: MaskPlan; revision: number }
  | { kind: TakenPicture };

/** `picture`: null where there is none yet. */
export type MaskAnswer =
  | ({ kind: 'masked' } & MaskedPictures)
  | { kind: 'fault' }
  | { kind: TakenPicture; picture: Blob | null };

/** One picture that went out, and what it was masked by. */
interface Made {
  frame: VideoFrame;
  fits: boolean;
  revision: number;
}

/** Often enough for whoever watches over the flow, seldom enough to cost nothing. */
const TELL_EVERY_MS = 100;

const covered = new CoveredParts({ zones: [], ratio: null });
let revision = 0;
/** What was sent last, for a still. */
let last: VideoFrame | undefined;
let count = 0;
let told = { atMs: 0, as: '' };
let canvas: OffscreenCanvas | undefined;

// The page's own types are loaded (lib "dom"); a dedicated worker has the same two calls.
addEventListener('message', ({ data }: MessageEvent<MaskRequest>) => {
  if (data.kind === 'still') void tellTaken('still', toPng);
  if (data.kind === 'poster') void tellTaken('poster', toPoster);
  if (data.kind === 'plan' || data.kind === 'begin') setPlan(data);
  if (data.kind === 'begin') void run(data.raw, data.masked);
});

function setPlan(next: { plan: MaskPlan; revision: number }): void {
  covered.setPlan(next.plan);
  revision = next.revision;
  // A still with the masks as they were would show what they hide now.
  keepLast(undefined);
}

function keepLast(frame: VideoFrame | undefined): void {
  last?.close();
  last = frame;
}

async function run(raw: ReadableStream<VideoFrame>, masked: WritableStream<VideoFrame>): Promise<void> {
  const masking = new TransformStream<VideoFrame, VideoFrame>({
    async transform(frame, out) {
      let made: Made;
      try {
        made = await mask(frame);
      } finally {
        frame.close();
      }
      const { displayWidth: width, displayHeight: height } = made.frame;
      keepLast(made.fits && made.revision === revision ? made.frame.clone() : undefined);
      out.enqueue(made.frame);
      tellMasked({ revision: made.revision, fits: made.fits, width, height });
    },
  });
  // Ends with the camera, or with whatever could not be masked: nothing that has masks is ever passed on as it came.
  await raw
    .pipeThrough(masking)
    .pipeTo(masked)
    .catch(() => undefined);
  tell({ kind: 'fault' });
}

/** Browsers that know nothing of turned pictures hand out none. */
function shapeOf(frame: VideoFrame & { rotation?: number; flip?: boolean }): PictureShape {
  const { displayWidth: width, displayHeight: height, rotation = 0, flip = false } = frame;
  return { width, height, rotation, flip };
}

/**
 * Where nothing is to be hidden the picture is passed on. Else, where the bytes can be had, they are blackened as they are: quick, and exact outside of
 * the zones; or the picture is drawn, and so is one whose pixels lie otherwise than it is looked at.
 */
async function mask(frame: VideoFrame): Promise<Made> {
  const { format, visibleRect, displayWidth, displayHeight, timestamp, duration } = frame;
  const shape = shapeOf(frame);
  const isTurned = shape.rotation !== 0 || shape.flip;
  // Asked and passed on in one turn of this worker: no plan comes in between.
  if (covered.isNothing && !isTurned) return { frame: frame.clone(), fits: true, revision };
  if (!isBlackable(format) || !visibleRect || isTurned) return draw(frame, shape);
  const { width, height } = visibleRect;
  const bytes = new Uint8Array(frame.allocationSize());
  const layout = await frame.copyTo(bytes);
  // The plan may have changed while it was copied: what counts is read from here on.
  const { rects, fits } = covered.of(shape, { width, height });
  blackOut(bytes, format, layout, rects);
  const made = new VideoFrame(bytes, {
    format,
    codedWidth: width,
    codedHeight: height,
    displayWidth,
    displayHeight,
    timestamp,
    layout,
    colorSpace: frame.colorSpace.toJSON(),
    ...(duration === null ? {} : { duration }),
  });
  return { frame: made, fits, revision };
}

function draw(frame: VideoFrame, shape: PictureShape): Made {
  const { width, height } = shape;
  const { rects, fits }: Covered = covered.of(shape);
  canvas ??= new OffscreenCanvas(width, height);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no picture can be drawn here');
  context.drawImage(frame, 0, 0, width, height);
  for (const { left, top, right, bottom } of rects) context.fillRect(left, top, right - left, bottom - top);
  return { frame: new VideoFrame(canvas, { timestamp: frame.timestamp, alpha: 'discard' }), fits, revision };
}

async function tellTaken(kind: TakenPicture, encode: (frame: VideoFrame) => Promise<Blob | null>): Promise<void> {
  const frame = last?.clone();
  const by = revision;
  // Where it cannot be encoded there is none; pictures go on.
  const picture = frame ? await encode(frame).catch(() => null) : null;
  frame?.close();
  tell({ kind, picture: by === revision ? picture : null });
}

async function toPng(frame: VideoFrame): Promise<Blob> {
  const { displayWidth: width, displayHeight: height } = frame;
  const paper = new OffscreenCanvas(width, height);
  paper.getContext('2d')?.drawImage(frame, 0, 0, width, height);
  return await paper.convertToBlob({ type: 'image/png' });
}

const toPoster = (frame: VideoFrame): Promise<Blob | null> =>
  encodePoster(frame, { width: frame.displayWidth, height: frame.displayHeight });

/** Whatever is new of the pictures is told at once. */
function tellMasked(newest: Omit<MaskedPictures, 'count'>): void {
  count += 1;
  const nowMs = performance.now();
  const as = JSON.stringify(newest);
  if (as === told.as && nowMs - told.atMs < TELL_EVERY_MS) return;
  told = { atMs: nowMs, as };
  tell({ kind: 'masked', count, ...newest });
  count = 0;
}

function tell(answer: MaskAnswer): void {
  postMessage(answer);
}
