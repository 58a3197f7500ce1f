import { sendToSpeaker } from '../call/speaker.ts';
import { judgeSound, type SoundVerdict } from './sound-verdict.ts';

/** Long enough for a sentence with a pause in it. */
export const CHECK_S = 5;

export interface SoundSample {
  sound: AudioBuffer;
  verdict: SoundVerdict;
}

/**
 * Records a few seconds of the theatre's sound, encoded as it will be sent, and judges them.
 * @throws DOMException where the browser cannot record, or the microphone goes meanwhile.
 */
export async function recordSound(track: MediaStreamTrack): Promise<SoundSample> {
  // A copy: whether the voice is sent just now does not matter to the check.
  const copy = track.clone();
  copy.enabled = true;
  const context = new AudioContext();
  try {
    const sound = await context.decodeAudioData(await record(copy));
    return { sound, verdict: judgeSound(sound.getChannelData(0), sound.sampleRate) };
  } finally {
    copy.stop();
    await context.close();
  }
}

async function record(track: MediaStreamTrack): Promise<ArrayBuffer> {
  const recorder = new MediaRecorder(new MediaStream([track]));
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise<void>((resolve, reject) => {
    recorder.addEventListener('stop', () => resolve());
    recorder.addEventListener('error', () => reject(new DOMException('the sound was not recorded', 'UnknownError')));
  });
  recorder.start();
  setTimeout(() => {
    if (recorder.state !== 'inactive') recorder.stop();
  }, CHECK_S * 1_000);
  await stopped;
  return await new Blob(parts, { type: recorder.mimeType }).arrayBuffer();
}

/** Plays what was recorded on the loudspeaker, once. @throws DOMException where the browser does not let it play. */
export async function playSample({ sound }: SoundSample, speakerId = ''): Promise<void> {
  const context = new AudioContext();
  const element = new Audio();
  try {
    const sink = context.createMediaStreamDestination();
    const source = context.createBufferSource();
    source.buffer = sound;
    source.connect(sink);
    element.srcObject = sink.stream;
    await sendToSpeaker(element, speakerId);
    await context.resume();
    const ended = new Promise<void>((resolve) => source.addEventListener('ended', () => resolve()));
    await element.play();
    source.start();
    await ended;
  } finally {
    element.srcObject = null;
    await context.close();
  }
}
