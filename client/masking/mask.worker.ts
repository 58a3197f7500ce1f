import { blackOut, isBlackable } from './black-out.ts';
import { encodePoster } from './poster.ts';
import { coveredPixels, type MaskZone } from './zones.ts';

/** What can be taken of the picture that was sent last: as it is, or small. */
export type TakenPicture = 'still' | 'poster';

export type MaskRequest =
  | { kind: 'begin'; raw: ReadableStream<VideoFrame>; masked: WritableStream<VideoFrame>; zones: MaskZone[] }
  | { kind: 'zones'; zones: MaskZone[] }
  | { kind: TakenPicture };

/** `picture`: null where there is none yet. */
export type MaskAnswer =
  | { kind: 'masked'; count: number }
  | { kind: 'fault' }
  | { kind: TakenPicture; picture: Blob | null };

/** Often enough for whoever watches over the flow, seldom enough to cost nothing. */
const TELL_EVERY_MS = 100;

let zones: MaskZone[] = [];
/** What was sent last, for a still. */
let last: VideoFrame | undefined;
let count = 0;
let toldAtMs = 0;
let canvas: OffscreenCanvas | undefined;

// The page's own types are loaded (lib "dom"); a dedicated worker has the same two calls.
addEventListener('message', ({ data }: MessageEvent<MaskRequest>) => {
  if (data.kind === 'still') void tellTaken('still', toPng);
  if (data.kind === 'poster') void tellTaken('poster', toPoster);
  if (data.kind === 'zones' || data.kind === 'begin') zones = data.zones;
  if (data.kind === 'begin') void run(data.raw, data.masked);
});

async function run(raw: ReadableStream<VideoFrame>, masked: WritableStream<VideoFrame>): Promise<void> {
  const masking = new TransformStream<VideoFrame, VideoFrame>({
    async transform(frame, out) {
      try {
        const made = await mask(frame);
        last?.close();
        last = made.clone();
        out.enqueue(made);
      } finally {
        frame.close();
      }
      tellCount();
    },
  });
  // Ends with the camera, or with whatever could not be masked: nothing is ever passed on as it came.
  await raw
    .pipeThrough(masking)
    .pipeTo(masked)
    .catch(() => undefined);
  tell({ kind: 'fault' });
}

/** Where the bytes can be had they are blackened as they are: quick, and exact outside of the zones. Else the picture is drawn. */
async function mask(frame: VideoFrame): Promise<VideoFrame> {
  const { format, codedWidth, codedHeight, displayWidth, displayHeight, timestamp, duration } = frame;
  if (!isBlackable(format)) return draw(frame);
  const { visibleRect } = frame;
  const width = visibleRect?.width ?? codedWidth;
  const height = visibleRect?.height ?? codedHeight;
  const bytes = new Uint8Array(frame.allocationSize());
  const layout = await frame.copyTo(bytes);
  const rects = zones.map((zone) => coveredPixels(zone, width, height));
  blackOut(bytes, format, layout, rects);
  return new VideoFrame(bytes, {
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
}

function draw(frame: VideoFrame): VideoFrame {
  const { displayWidth: width, displayHeight: height, timestamp } = frame;
  canvas ??= new OffscreenCanvas(width, height);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no picture can be drawn here');
  context.drawImage(frame, 0, 0, width, height);
  for (const zone of zones) {
    const { left, top, right, bottom } = coveredPixels(zone, width, height);
    context.fillRect(left, top, right - left, bottom - top);
  }
  return new VideoFrame(canvas, { timestamp, alpha: 'discard' });
}

async function tellTaken(kind: TakenPicture, encode: (frame: VideoFrame) => Promise<Blob | null>): Promise<void> {
  const frame = last?.clone();
  // Where it cannot be encoded there is none; pictures go on.
  const picture = frame ? await encode(frame).catch(() => null) : null;
  frame?.close();
  tell({ kind, picture });
}

async function toPng(frame: VideoFrame): Promise<Blob> {
  const { displayWidth: width, displayHeight: height } = frame;
  const paper = new OffscreenCanvas(width, height);
  paper.getContext('2d')?.drawImage(frame, 0, 0, width, height);
  return await paper.convertToBlob({ type: 'image/png' });
}

const toPoster = (frame: VideoFrame): Promise<Blob | null> =>
  encodePoster(frame, { width: frame.displayWidth, height: frame.displayHeight });

function tellCount(): void {
  count += 1;
  const nowMs = performance.now();
  if (nowMs - toldAtMs < TELL_EVERY_MS) return;
  toldAtMs = nowMs;
  tell({ kind: 'masked', count });
  count = 0;
}

function tell(answer: MaskAnswer): void {
  postMessage(answer);
}
