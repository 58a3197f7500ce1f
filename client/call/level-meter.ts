const EVERY_MS = 60;
const LAST_BIT = 1 / 32_768;
const QUIET_DBFS = -60;
const LOUD_DBFS = -10;

/** Root mean square of samples from -1 to 1, as a share of a meter that reaches from a quiet room to close speech: 0 to 1. */
export function meterShare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const dbfs = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12);
  return Math.min(1, Math.max(0, (dbfs - QUIET_DBFS) / (LOUD_DBFS - QUIET_DBFS)));
}

/** A microphone that is muted at the headset gives zeros, or the last bit of 16. */
export function isDigitalSilence(samples: Float32Array): boolean {
  return samples.every((sample) => Math.abs(sample) <= LAST_BIT);
}

/** Measures a microphone until stopped. Where the browser wants a gesture before it measures, the level stays 0 until the first click or key. */
export function startLevelMeter(
  track: MediaStreamTrack,
  onLevel: (share: number, isDead: boolean) => void,
): { close(): void } {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(track.enabled ? meterShare(samples) : 0, context.state === 'running' && isDigitalSilence(samples));
  }, EVERY_MS);
  // A context that was closed meanwhile refuses, and needs nothing.
  const resume = () => void context.resume().catch(() => {});
  window.addEventListener('pointerdown', resume);
  window.addEventListener('keydown', resume);
  return {
    close() {
      clearInterval(timer);
      window.removeEventListener('pointerdown', resume);
      window.removeEventListener('keydown', resume);
      source.disconnect();
      void context.close().catch(() => {});
    },
  };
}
