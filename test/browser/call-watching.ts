import type { Page } from 'playwright-core';

/** Looks again and again at what the first tile shows, video or its last picture: how green it is, as Chromium's fake camera is. */
export function watchPicture(page: Page): { stop(): Promise<number[]> } {
  const greens: number[] = [];
  let watching = true;
  const done = (async () => {
    while (watching) {
      const green = await page.evaluate(() => {
        const [video, still] = ['video', 'canvas'].map((name) =>
          document.querySelector(`[data-testid="tile"] ${name}`),
        );
        if (!(video instanceof HTMLVideoElement) || !(still instanceof HTMLCanvasElement)) return 0;
        const canvas = document.createElement('canvas');
        canvas.width = 16;
        canvas.height = 9;
        const context = canvas.getContext('2d');
        context?.drawImage(still.hidden ? video : still, 0, 0, 16, 9);
        return context?.getImageData(2, 4, 1, 1).data[1] ?? 0;
      });
      greens.push(green);
      await page.waitForTimeout(150);
    }
  })();
  return {
    async stop() {
      watching = false;
      await done;
      return greens;
    },
  };
}

/** Runs in the page: keeps the tracks of the devices, and the locks on the screen, within reach of the test. */
export function keepTracksAndLocks(): void {
  const tracks: MediaStreamTrack[] = [];
  Object.assign(window, { __tracks: tracks, __awake: 0 });
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    const stream = await getUserMedia.call(this, constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
  const { request } = WakeLock.prototype;
  WakeLock.prototype.request = async function (type) {
    Object.assign(window, { __awake: Reflect.get(window, '__awake') + 1 });
    return await request.call(this, type);
  };
}

/** Runs in the page: what was sent of each layer of the camera, the smallest first. */
export async function sentLayers(): Promise<{ width: number; frames: number }[]> {
  const layers: { rid: string; width: number; frames: number }[] = [];
  for (const connection of Reflect.get(window, '__peerConnections') as RTCPeerConnection[])
    if (connection.connectionState !== 'closed')
      for (const entry of (await connection.getStats()).values())
        if (entry.type === 'outbound-rtp' && entry.kind === 'video')
          layers.push({ rid: entry.rid ?? '', width: entry.frameWidth ?? 0, frames: entry.framesSent ?? 0 });
  return layers.sort((a, b) => a.rid.localeCompare(b.rid));
}

/** Runs in the page: as the browser tells of a source that is held back. */
export function holdTracks({ kind, held }: { kind: string; held: boolean }): void {
  for (const track of Reflect.get(window, '__tracks') as MediaStreamTrack[]) {
    if (track.kind !== kind) continue;
    Object.defineProperty(track, 'muted', { configurable: true, value: held });
    track.dispatchEvent(new Event(held ? 'mute' : 'unmute'));
  }
}
