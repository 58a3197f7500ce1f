import { CoveredParts } from './covered-parts.ts';
import type { Masking, MaskingParts } from './masking.ts';
import { encodePoster } from './poster.ts';

/** As many as a camera of a theatre gives. */
const MOST_FRAMES_PER_SECOND = 25;

/**
 * Masks by drawing on the page. The canvas that is sent only ever gets pictures that are masked already. A browser draws nothing behind other
 * windows: then no pictures come, which is told at once.
 */
export function maskOnCanvas({ raw, plan, revision: first, onFrames, onHidden }: MaskingParts): Masking {
  const video = document.createElement('video');
  const [masked, sent] = [document.createElement('canvas'), document.createElement('canvas')];
  const track = sent.captureStream(MOST_FRAMES_PER_SECOND).getVideoTracks()[0];
  if (!track) throw new DOMException('no picture can be taken from a canvas', 'NotSupportedError');
  const covered = new CoveredParts(plan);
  let revision = first;
  let isOver = false;
  const draw = () => {
    if (isOver || document.visibilityState === 'hidden') return;
    const fits = drawMasked(video, masked, covered);
    if (fits !== undefined) {
      copy(masked, sent);
      onFrames({ count: 1, revision, fits, width: masked.width, height: masked.height });
    }
    next();
  };
  /** Firefox before 132 does not tell when there is a new picture. */
  const next = () =>
    'requestVideoFrameCallback' in video ? video.requestVideoFrameCallback(draw) : requestAnimationFrame(draw);
  const onVisibility = () => {
    if (document.visibilityState === 'visible') next();
    else onHidden();
  };
  document.addEventListener('visibilitychange', onVisibility);
  Object.assign(video, { muted: true, playsInline: true, srcObject: new MediaStream([raw]) });
  // Muted pictures may play anywhere; where one does not, no pictures come.
  video.play().catch(() => undefined);
  next();
  return {
    track,
    setPlan(next, by) {
      covered.setPlan(next);
      revision = by;
      // A still with the masks as they were would show what they hide now.
      masked.width = 0;
    },
    takeStill: () =>
      masked.width === 0 ? Promise.resolve(null) : new Promise((resolve) => masked.toBlob(resolve, 'image/png')),
    takePoster: () => (masked.width === 0 ? Promise.resolve(null) : encodePoster(masked, masked)),
    close() {
      isOver = true;
      document.removeEventListener('visibilitychange', onVisibility);
      video.srcObject = null;
      track.stop();
    },
  };
}

/** @returns whether it has the shape that the masks were drawn for; undefined where there is no picture */
function drawMasked(video: HTMLVideoElement, on: HTMLCanvasElement, covered: CoveredParts): boolean | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  const context = on.getContext('2d', { alpha: false });
  if (!context || width === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined;
  if (on.width !== width || on.height !== height) Object.assign(on, { width, height });
  context.drawImage(video, 0, 0, width, height);
  // What is drawn here is turned as it is looked at.
  const { rects, fits } = covered.of({ width, height, rotation: 0, flip: false });
  for (const { left, top, right, bottom } of rects) context.fillRect(left, top, right - left, bottom - top);
  return fits;
}

function copy(from: HTMLCanvasElement, to: HTMLCanvasElement): void {
  if (to.width !== from.width || to.height !== from.height)
    Object.assign(to, { width: from.width, height: from.height });
  to.getContext('2d', { alpha: false })?.drawImage(from, 0, 0);
}
