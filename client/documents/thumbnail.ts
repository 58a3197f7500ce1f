import type { PageSource } from './page-source.ts';

/** The first page, whole, in the middle. */
export async function drawThumbnail(source: PageSource, canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void> {
  const size = await source.sizeOf(1);
  const scale = Math.min(canvas.width / size.width, canvas.height / size.height);
  const small = document.createElement('canvas');
  small.width = Math.max(1, Math.round(size.width * scale));
  small.height = Math.max(1, Math.round(size.height * scale));
  await source.draw(1, small, { scale, rotation: 0, left: 0, top: 0 }, signal);
  signal.throwIfAborted();
  const [x, y] = [(canvas.width - small.width) / 2, (canvas.height - small.height) / 2];
  canvas.getContext('2d', { alpha: false, willReadFrequently: true })?.drawImage(small, Math.round(x), Math.round(y));
}
