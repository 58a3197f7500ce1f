/** What a page sees of what it shows. All times are milliseconds since 1970 by the page's monotonic clock. */
export interface Screen {
  /** Each picture that was shown, by its count. */
  pictures: { count: number; atMs: number }[];
  isBright: boolean;
  darkAtMs: number;
  /** When each stroke was painted first. */
  strokes: number[];
}

declare global {
  interface Window {
    screen_: Screen;
  }
}

interface Layout {
  blocks: { x: number; y: number; size: number }[];
  width: number;
  height: number;
}

/** Runs in the page: looks at the picture on air at each frame that is made. */
export function watchScreen({ blocks, width, height }: Layout): void {
  const screen: Screen = { pictures: [], isBright: false, darkAtMs: 0, strokes: [] };
  window.screen_ = screen;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const nowMs = () => performance.timeOrigin + performance.now();
  const seen = new WeakSet<Element>();
  let last = -1;
  const look = () => {
    requestAnimationFrame(look);
    const atMs = nowMs();
    for (const stroke of document.querySelectorAll('[data-testid="program"] [data-testid="field-stroke"]'))
      if (!seen.has(stroke)) {
        seen.add(stroke);
        screen.strokes.push(atMs);
      }
    const video = document.querySelector<HTMLVideoElement>('[data-testid="program"] video, [data-testid="hls"] video');
    if (video && video.videoWidth > 0) context?.drawImage(video, 0, 0, width, height);
    const { data } = context?.getImageData(0, 0, width, height) ?? { data: [] };
    const at = (x: number, y: number, channel: number) =>
      data[4 * (Math.round(y) * width + Math.round(x)) + channel] ?? 0;
    const isBright = video !== null && at(width / 2, 0.7 * height, 0) > 60;
    if (screen.isBright && !isBright) screen.darkAtMs = atMs;
    screen.isBright = isBright;
    if (!isBright) return;
    let count = 0;
    for (const [bit, { x, y, size }] of blocks.entries())
      if (at(x + size / 2, y + size / 2, 1) > 128) count += 1 << bit;
    if (count !== last) screen.pictures.push({ count, atMs });
    last = count;
  };
  look();
}
