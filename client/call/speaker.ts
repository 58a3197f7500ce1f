/** Browsers that let a page choose the loudspeaker (Chromium, Firefox 116); elsewhere the system's own is used. */
export const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

/** Sends an element's sound to a loudspeaker; one that has just been unplugged leaves the system's own. */
export async function sendToSpeaker(element: HTMLMediaElement, speakerId: string): Promise<void> {
  if (!canChooseSpeaker() || element.sinkId === speakerId) return;
  await element.setSinkId(speakerId).catch(() => element.setSinkId(''));
}

const NOTES_HZ = [523.25, 659.25, 783.99];
const NOTE_S = 0.32;
const GAIN = 0.18;

/** Plays three rising notes, about a second, on the loudspeaker. @throws DOMException where the browser does not let it play. */
export async function playTestTone(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const element = new Audio();
  try {
    const sink = context.createMediaStreamDestination();
    const start = context.currentTime + 0.1;
    for (const [index, hz] of NOTES_HZ.entries()) addNote(context, sink, hz, start + index * NOTE_S);
    element.srcObject = sink.stream;
    await sendToSpeaker(element, speakerId);
    await context.resume();
    await element.play();
    await new Promise((resolve) => setTimeout(resolve, (NOTES_HZ.length * NOTE_S + 0.4) * 1000));
  } finally {
    element.srcObject = null;
    await context.close();
  }
}

/** Swells and fades, so that no loudspeaker clicks. */
function addNote(context: AudioContext, sink: AudioNode, hz: number, atS: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = hz;
  gain.gain.setValueAtTime(0, atS);
  gain.gain.linearRampToValueAtTime(GAIN, atS + 0.04);
  gain.gain.exponentialRampToValueAtTime(0.001, atS + NOTE_S);
  oscillator.connect(gain).connect(sink);
  oscillator.start(atS);
  oscillator.stop(atS + NOTE_S);
}
