import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/*
 * What the test of a live demonstration runs in its pages.
 */

/** Runs in the page: the middle of the picture, and how bright each block of the counter is. */
export function readPixels(
  figure: Element,
  { blocks, width, height }: { blocks: { x: number; y: number; size: number }[]; width: number; height: number },
): { red: number; green: number; blue: number; bits: number[] } {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const video = figure.querySelector('video');
  if (!context) throw new Error('no canvas');
  if (video && video.videoWidth > 0) context.drawImage(video, 0, 0, width, height);
  // No function of its own in here: what names it does not go along into the page.
  const { data } = context.getImageData(0, 0, width, height);
  const middle = (Math.round(height * 0.7) * width + width / 2) * 4;
  const [red = 0, green = 0, blue = 0] = data.subarray(middle, middle + 3);
  const bits: number[] = [];
  for (const { x, y, size } of blocks) bits.push(data[((y + size / 2) * width + x + size / 2) * 4 + 1] ?? 0);
  return { red, green, blue, bits };
}

/** Runs in the page: where on the screen a part of the picture is that the layer lies on. */
export function toScreen(layer: Element, { x, y }: { x: number; y: number }): { x: number; y: number } {
  const { width, height } = (layer as SVGSVGElement).viewBox.baseVal;
  const to = (layer as SVGSVGElement).getScreenCTM() ?? new DOMMatrix();
  const point = new DOMPoint(x * width, y * height).matrixTransform(to);
  return { x: point.x, y: point.y };
}

/** Runs in the page: whether two voices come in with sound in them. */
export async function hearsTwo(): Promise<boolean> {
  const { __peerConnections: connections } = window as unknown as { __peerConnections: RTCPeerConnection[] };
  let loud = 0;
  for (const connection of connections)
    if (connection.connectionState === 'connected')
      for (const entry of (await connection.getStats()).values())
        if (entry.type === 'inbound-rtp' && entry.kind === 'audio' && entry.audioLevel > 0.001) loud += 1;
  return loud >= 2;
}

/** Runs in the page: media find their way nowhere, until it is opened. */
export function closeNetwork(): void {
  window.RTCPeerConnection = class extends RTCPeerConnection {
    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      // An address for documentation, which nobody has (RFC 5737).
      const elsewhere = description.sdp?.replaceAll('127.0.0.1', '192.0.2.1') ?? '';
      const sdp = '__open' in window ? (description.sdp ?? '') : elsewhere;
      await super.setRemoteDescription({ type: description.type, sdp });
    }
  };
}

/** Runs in the page, on an element: how loud its sound is just now, from 0 to 1. */
export async function loudnessOf(figure: Element): Promise<number> {
  const video = figure.querySelector('video') as HTMLVideoElement & { captureStream(): MediaStream };
  const stream = video.captureStream();
  if (video.muted || video.paused || stream.getAudioTracks().length === 0) return 0;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;
  for (let look = 0; look < 20; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, ...samples);
  }
  await context.close();
  return loudest;
}

/** The theatre of a test, as a script for a page. */
export async function bundleTheatre(): Promise<string> {
  const entry = fileURLToPath(new URL('theatre-page.ts', import.meta.url));
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [first] = [output].flat();
  const chunk = first && 'output' in first ? first.output.find((part) => part.type === 'chunk') : undefined;
  return chunk?.type === 'chunk' ? chunk.code : assert.fail('nothing was bundled');
}
