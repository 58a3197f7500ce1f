import type { Page } from 'playwright-core';

export const FIELD_CAMERA = 'Capture Card (0001:0002)';
export const ROOM_CAMERA = 'Room Camera (0001:0003)';
/** The part of the field camera's picture, in fractions, that nobody may see: as bright as nothing else in it. */
export const SECRET = { x: 0.1, y: 0.5, width: 0.3, height: 0.4 };

/** What the page of a theatre's computer offers to the test. */
interface Computer {
  plug(label: string, plugged: boolean): void;
  /** The same picture comes again and again, so that two who look at it see the same. */
  freeze(frozen: boolean): void;
  /** Grain moves in the picture: even its smallest layer needs more than a voice does, however few pictures a second a busy machine sends. */
  grain(isGrainy: boolean): void;
  /** The still that was sent last beside what the camera gives, pixel by pixel. */
  compareStill(label: string, zone: Zone): Promise<StillComparison>;
  workers: Worker[];
}
interface Zone {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface StillComparison {
  size: [number, number];
  cameraSize: [number, number];
  /** Well outside of the zone: pixels that are not as the camera gave them, and by how much the worst of them is not. */
  changed: number;
  worst: number;
  /** Inside of it: pixels that are not black. */
  notBlack: number;
}
declare global {
  interface Window {
    __computer: Computer;
  }
}

/**
 * Runs in the page: a theatre's computer with two computed cameras. Each picture carries a counter in white and black fields along its upper edge,
 * one bit each; the field camera's has in it what must be masked, magenta. Microphones are the browser's own.
 */
export function installCameras(labels: string[]): void {
  const [BITS, PER_SECOND] = [16, 25];
  const cameras = new Map<string, { canvas: HTMLCanvasElement; isPlugged: boolean; tracks: MediaStreamTrack[] }>();
  let isFrozen = false;
  let isGrainy = false;
  const grain = document.createElement('canvas');
  Object.assign(grain, { width: 96, height: 96 });
  const speckles = grain.getContext('2d');
  for (let at = 0; speckles && at < 96 * 96; at += 1) {
    speckles.fillStyle = `hsl(${(at * 137) % 360} 90% ${Math.random() * 100}%)`;
    speckles.fillRect(at % 96, Math.floor(at / 96), 1, 1);
  }
  let count = 0;
  let clock = '';
  for (const label of labels) {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, label.startsWith('Room') ? { width: 640, height: 360 } : { width: 960, height: 540 });
    cameras.set(label, { canvas, isPlugged: true, tracks: [] });
  }
  const draw = () => {
    if (!isFrozen) {
      count += 1;
      clock = new Date().toISOString().slice(11, 23);
    }
    for (const [label, { canvas }] of cameras) {
      const context = canvas.getContext('2d', { alpha: false });
      const { width, height } = canvas;
      if (!context) return;
      context.fillStyle = label.startsWith('Room') ? '#304860' : '#1e6432';
      context.fillRect(0, 0, width, height);
      for (let bit = 0; bit < BITS; bit += 1) {
        context.fillStyle = (count >> bit) & 1 ? '#fff' : '#000';
        context.fillRect((bit * width) / BITS, 0, width / BITS, height / 8);
      }
      context.fillStyle = '#eee';
      context.font = `${height / 10}px monospace`;
      context.fillText(clock, width / 2, height / 3);
      if (label.startsWith('Room')) continue;
      // Apart from all that a test looks at; each speckle is two pixels wide in the smallest layer.
      const speckle = () => Math.floor(Math.random() * 64);
      if (isGrainy) context.drawImage(grain, speckle(), speckle(), 22, 32, width * 0.45, height * 0.4, 176, 256);
      context.fillStyle = '#f0f';
      context.fillRect(width * 0.1, height * 0.5, width * 0.3, height * 0.4);
    }
  };
  setInterval(draw, 1_000 / PER_SECOND);
  draw();

  const { mediaDevices } = navigator;
  const { getUserMedia, enumerateDevices } = MediaDevices.prototype;
  mediaDevices.enumerateDevices = async () => {
    const others = await enumerateDevices.call(mediaDevices);
    const own = [...cameras].filter(([, { isPlugged }]) => isPlugged);
    return [
      ...others.filter(({ kind }) => kind !== 'videoinput'),
      ...own.map(([label]) => ({ deviceId: label, groupId: '', kind: 'videoinput', label }) as MediaDeviceInfo),
    ];
  };
  mediaDevices.getUserMedia = async (constraints = {}) => {
    const { video } = constraints;
    if (!video) return await getUserMedia.call(mediaDevices, constraints);
    const wanted = typeof video === 'object' ? (video.deviceId as { exact: string }).exact : labels[0];
    const camera = cameras.get(wanted ?? '');
    if (!camera?.isPlugged) throw new DOMException('no such camera', 'OverconstrainedError');
    const stream = camera.canvas.captureStream(PER_SECOND);
    camera.tracks.push(...stream.getVideoTracks());
    return stream;
  };

  let lastStill: Blob | undefined;
  const { fetch } = window;
  window.fetch = (input, init) => {
    if (String(input).includes('/stills/') && init?.body instanceof Blob) lastStill = init.body;
    return fetch(input, init);
  };
  const workers: Worker[] = [];
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      if (String(url).includes('mask')) workers.push(this);
    }
  };
  window.__computer = {
    workers,
    plug(label, plugged) {
      const camera = cameras.get(label);
      if (!camera) return;
      camera.isPlugged = plugged;
      if (!plugged)
        for (const track of camera.tracks.splice(0)) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
      mediaDevices.dispatchEvent(new Event('devicechange'));
    },
    freeze(frozen) {
      isFrozen = frozen;
    },
    grain(wanted) {
      isGrainy = wanted;
    },
    async compareStill(label, zone) {
      const camera = cameras.get(label)?.tracks.at(-1)?.clone();
      const video = document.createElement('video');
      Object.assign(video, { muted: true, srcObject: new MediaStream(camera ? [camera] : []) });
      await video.play();
      const drawn = (source: CanvasImageSource, width: number, height: number) => {
        const context = new OffscreenCanvas(width, height).getContext('2d');
        context?.drawImage(source, 0, 0);
        return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      };
      const still = await createImageBitmap(lastStill ?? new Blob());
      const { width, height } = still;
      const [ours, theirs] = [drawn(still, width, height), drawn(video, width, height)];
      const cameraSize: [number, number] = [video.videoWidth, video.videoHeight];
      camera?.stop();
      let [changed, worst, notBlack] = [0, 0, 0];
      for (let y = 0; y < height; y += 1)
        for (let x = 0; x < width; x += 1) {
          const at = 4 * (y * width + x);
          const [dx, dy] = [x / width - zone.x, y / height - zone.y];
          const isInside = dx > 0 && dx < zone.width && dy > 0 && dy < zone.height;
          const isNear = dx > -0.05 && dx < zone.width + 0.05 && dy > -0.05 && dy < zone.height + 0.05;
          const rgb = [0, 1, 2].map((channel) => [ours[at + channel], theirs[at + channel]] as const);
          if (isInside && rgb.some(([own]) => own !== 0)) notBlack += 1;
          const off = Math.max(...rgb.map(([own = 0, given = 255]) => Math.abs(own - given)));
          if (!isNear && off > 0) changed += 1;
          if (!isNear) worst = Math.max(worst, off);
        }
      return { size: [width, height], cameraSize, changed, worst, notBlack };
    },
  };
}

/** Lets a test hold the worker that masks: it runs on, and does nothing else for so long. */
export async function letMaskingBeHeld(page: Page): Promise<void> {
  await page.route(/mask\.worker.*\.js$/, async (route) => {
    const response = await route.fetch();
    const hold = `addEventListener('message', ({ data }) => {
      for (const endMs = performance.now() + (data.holdMs ?? 0); performance.now() < endMs; );
    });`;
    await route.fulfill({ response, body: `${await response.text()}\n${hold}` });
  });
}

interface Seen {
  secretFrames: number;
  maskedFrames: number;
  brightFrames: number;
}
export const seenBy = (page: Page): Promise<Seen> => page.evaluate(() => Reflect.get(window, '__seen') as Seen);
/** The field was not seen yet. */
export const forgetSeen = (page: Page): Promise<Seen> =>
  page.evaluate(() => Object.assign(Reflect.get(window, '__seen') as Seen, { brightFrames: 0 }));

/**
 * Runs in the page: looks at every moving picture, again and again. `secretFrames` counts those in which anything magenta is to be seen within the
 * zone, `brightFrames` those in which the field beside it is. Called again it begins anew.
 */
export function watchForSecrets(zone: Zone): void {
  const seen = { secretFrames: 0, maskedFrames: 0, brightFrames: 0 };
  const isWatching = '__seen' in window;
  Object.assign(window, { __seen: Object.assign(Reflect.get(window, '__seen') ?? {}, seen) });
  if (isWatching) return;
  const paper = document.createElement('canvas');
  const [width, height] = [96, 54];
  Object.assign(paper, { width, height });
  const context = paper.getContext('2d', { willReadFrequently: true });
  const look = () => {
    for (const video of document.querySelectorAll('video')) {
      const seen = Reflect.get(window, '__seen') as Seen;
      if (!context || video.videoWidth === 0) continue;
      context.drawImage(video, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      const at = (x: number, y: number) => {
        const index = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
        return [data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0] as const;
      };
      const [r, g, b] = at(zone.x + zone.width / 2, zone.y + zone.height / 2);
      if (r > 90 && b > 90 && g < 90) seen.secretFrames += 1;
      if (r + g + b < 24) seen.maskedFrames += 1;
      // The field itself, beside the zone.
      const [, green] = at(0.7, 0.7);
      if (green > 60) seen.brightFrames += 1;
    }
  };
  setInterval(look, 20);
}

/** What is to be seen of a small picture that the server hands out. */
export interface SeenPoster {
  sizeBytes: number;
  aspect: number;
  /** The brightest that anything of the mask is, red, green and blue together; its edge apart. */
  brightestMasked: number;
  /** The field beside it. */
  green: number;
}

/** Runs in the page: asks for the picture as the page itself does. @returns null where there is none */
export async function readPoster({ address, zone }: { address: string; zone: Zone }): Promise<SeenPoster | null> {
  const response = await fetch(address);
  if (response.status !== 200) return null;
  const jpeg = await response.blob();
  const picture = await createImageBitmap(jpeg);
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context?.drawImage(picture, 0, 0);
  const data = context?.getImageData(0, 0, width, height).data ?? [];
  let brightestMasked = 0;
  for (let y = Math.ceil((zone.y + 0.02) * height); y < (zone.y + zone.height - 0.02) * height; y += 1)
    for (let x = Math.ceil((zone.x + 0.02) * width); x < (zone.x + zone.width - 0.02) * width; x += 1) {
      const index = 4 * (y * width + x);
      brightestMasked = Math.max(brightestMasked, (data[index] ?? 0) + (data[index + 1] ?? 0) + (data[index + 2] ?? 0));
    }
  const green = data[4 * (Math.floor(0.7 * height) * width + Math.floor(0.7 * width)) + 1] ?? 0;
  return { sizeBytes: jpeg.size, aspect: width / height, brightestMasked, green };
}

/** Runs in the page: the picture on air, in the middle of the zone and beside it, red, green and blue together. */
export function readProgram(frame: Element, zone: Zone): { masked: number; beside: number } {
  const video = frame.querySelector('video');
  const paper = document.createElement('canvas');
  const [width, height] = [96, 54];
  Object.assign(paper, { width, height });
  const context = paper.getContext('2d', { willReadFrequently: true });
  if (!context || !video || video.videoWidth === 0) return { masked: 765, beside: 0 };
  context.drawImage(video, 0, 0, width, height);
  const sumAt = (x: number, y: number) => {
    const { data } = context.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1);
    return (data[0] ?? 0) + (data[1] ?? 0) + (data[2] ?? 0);
  };
  return { masked: sumAt(zone.x + zone.width / 2, zone.y + zone.height / 2), beside: sumAt(0.7, 0.7) };
}
