import { useLayoutEffect, useRef, useState } from 'react';
import './tile.css';

/** Firefox before 132 does not tell when a picture is drawn. */
const TELLS_FRAMES = 'requestVideoFrameCallback' in HTMLVideoElement.prototype;

/**
 * A moving picture. When its track goes, or another takes its place, the last picture stays until the first of the new one is there:
 * nobody sees black while the line is mended.
 */
export function VideoPicture({ track, mirrored = false }: { track: MediaStreamTrack | null; mirrored?: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const [frozen, setFrozen] = useState(false);

  useLayoutEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    if (!track) {
      element.srcObject = null;
      return undefined;
    }
    let current = true;
    const show = () => {
      if (current) setFrozen(false);
    };
    element.srcObject = new MediaStream([track]);
    element.play().catch(() => {
      // Muted pictures may play anywhere; what remains is a newer picture taking its place.
    });
    if (TELLS_FRAMES) element.requestVideoFrameCallback(show);
    else element.addEventListener('playing', show, { once: true });
    return () => {
      current = false;
      if (copyPicture(element, still.current)) setFrozen(true);
    };
  }, [track]);

  return (
    <>
      <video ref={video} className="call-picture" data-mirrored={mirrored} autoPlay playsInline muted />
      <canvas ref={still} className="call-picture" data-mirrored={mirrored} hidden={!frozen} />
    </>
  );
}

function copyPicture(from: HTMLVideoElement, to: HTMLCanvasElement | null): boolean {
  if (!to || from.videoWidth === 0 || from.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false;
  to.width = from.videoWidth;
  to.height = from.videoHeight;
  to.getContext('2d')?.drawImage(from, 0, 0);
  return true;
}
