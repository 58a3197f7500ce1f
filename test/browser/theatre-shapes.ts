import type { Page } from 'playwright-core';
import type { SECRET } from './theatre-cameras.ts';

/** How the camera gives its pictures from now on. `secretAt`: where in them what must be masked lies, in fractions. */
export interface CameraShape {
  width: number;
  height: number;
  secretAt: typeof SECRET;
  rotation?: 0 | 90 | 180 | 270;
}

/** Of all pictures that came out since the last time. */
export interface CameOut {
  frames: number;
  /** Some of what must be masked is in them, wherever. */
  secret: number;
  /** Nothing else is in them, either. */
  black: number;
  sizes: string[];
}

interface ShapedCamera {
  give(shape: CameraShape): void;
  /** Reads every picture of what the stage shows: none is missed, and none is counted twice. */
  watch(): void;
  cameOut(): CameOut;
  /** The newest of them. */
  newest(): 'secret' | 'black' | 'seen' | undefined;
}
declare global {
  interface Window {
    __shaped: ShapedCamera;
  }
}

/** Runs in the page, after `installCameras`: the field camera gives pictures of whatever shape it is told to. */
export function installShapedCamera({ label, first }: { label: string; first: CameraShape }): void {
  type Track = MediaStreamTrack & { readable: ReadableStream<VideoFrame>; writable: WritableStream<VideoFrame> };
  const { MediaStreamTrackGenerator: Generator, MediaStreamTrackProcessor: Processor } = window as unknown as Record<
    'MediaStreamTrackGenerator' | 'MediaStreamTrackProcessor',
    new (
      init: object,
    ) => Track
  >;
  let shape = first;
  const scene = new OffscreenCanvas(16, 16);
  const drawn = (timestamp: number) => {
    const { width, height, secretAt, rotation = 0 } = shape;
    Object.assign(scene, { width, height });
    const context = scene.getContext('2d', { alpha: false });
    if (!context) throw new Error('no canvas');
    context.fillStyle = '#1e6432';
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#f0f';
    context.fillRect(secretAt.x * width, secretAt.y * height, secretAt.width * width, secretAt.height * height);
    return new VideoFrame(scene, { timestamp, rotation } as VideoFrameInit);
  };
  const { getUserMedia } = navigator.mediaDevices;
  navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
    const { video } = constraints;
    if (typeof video !== 'object' || (video.deviceId as { exact: string }).exact !== label)
      return await getUserMedia.call(navigator.mediaDevices, constraints);
    const track = new Generator({ kind: 'video' });
    const writer = track.writable.getWriter();
    const timer = setInterval(() => {
      if (track.readyState === 'ended') return clearInterval(timer);
      writer.write(drawn(Math.round(performance.now() * 1_000))).catch(() => clearInterval(timer));
    }, 40);
    return new MediaStream([track]);
  };

  const seen = { frames: 0, secret: 0, black: 0, sizes: new Set<string>() };
  let newest: 'secret' | 'black' | 'seen' | undefined;
  let reading: MediaStreamTrack | undefined;
  const paper = new OffscreenCanvas(64, 64);
  const pen = paper.getContext('2d', { willReadFrequently: true });
  const judge = (frame: VideoFrame) => {
    pen?.drawImage(frame, 0, 0, paper.width, paper.height);
    const data = pen?.getImageData(0, 0, paper.width, paper.height).data ?? [];
    let [magenta, bright] = [false, false];
    for (let at = 0; at < data.length; at += 4) {
      const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
      if (r > 90 && b > 90 && g < 90) magenta = true;
      if (r + g + b > 60) bright = true;
    }
    newest = magenta ? 'secret' : bright ? 'seen' : 'black';
    seen.frames += 1;
    if (newest !== 'seen') seen[newest] += 1;
    seen.sizes.add(`${frame.displayWidth}x${frame.displayHeight}`);
  };
  const read = async (track: MediaStreamTrack) => {
    const reader = new Processor({ track: track.clone(), maxBufferSize: 20 }).readable.getReader();
    for (let next = await reader.read(); next.value; next = await reader.read()) {
      judge(next.value);
      next.value.close();
    }
  };
  window.__shaped = {
    give(next) {
      shape = next;
    },
    watch() {
      const video = document.querySelector<HTMLVideoElement>('.theatre-picture video');
      const track = video?.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined;
      if (!track) throw new Error('the stage shows nothing');
      if (track !== reading) void read(track);
      reading = track;
      Object.assign(seen, { frames: 0, secret: 0, black: 0 });
      seen.sizes.clear();
    },
    cameOut() {
      const { sizes, ...counts } = seen;
      const told = { ...counts, sizes: [...sizes] };
      Object.assign(seen, { frames: 0, secret: 0, black: 0 });
      sizes.clear();
      return told;
    },
    newest: () => newest,
  };
}

export const giveShape = (page: Page, shape: CameraShape): Promise<void> =>
  page.evaluate((it) => window.__shaped.give(it), shape);
export const watchStage = (page: Page): Promise<void> => page.evaluate(() => window.__shaped.watch());
export const newestOf = (page: Page): Promise<string | undefined> => page.evaluate(() => window.__shaped.newest());
export const cameOut = (page: Page): Promise<CameOut> => page.evaluate(() => window.__shaped.cameOut());
