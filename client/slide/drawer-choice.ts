export type DrawerName = 'webgl' | 'canvas';

export interface GpuProbe {
  /** What WebGL calls itself; undefined: there is none, or the browser says that it would be slow. */
  renderer: string | undefined;
  /** Of some frames as a slide makes them, read back. */
  frameMs: number[];
}

/** Names of programs that draw with the processor and call themselves a graphics card. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|lavapipe|microsoft basic render|paravirtual|vmware svga/i;
/** A card draws such a frame in a millisecond or two; the canvas does it in about this. */
const SLOW_FRAME_MS = 8;

export function isSoftwareRenderer(renderer: string): boolean {
  return SOFTWARE.test(renderer);
}

/** WebGL only where a card does the work: without one it is many times slower than the 2-D canvas. */
export function chooseDrawer({ renderer, frameMs }: GpuProbe): DrawerName {
  if (renderer === undefined || isSoftwareRenderer(renderer) || frameMs.length === 0) return 'canvas';
  const middle = [...frameMs].sort((a, b) => a - b)[Math.floor(frameMs.length / 2)] ?? Number.POSITIVE_INFINITY;
  return middle <= SLOW_FRAME_MS ? 'webgl' : 'canvas';
}
