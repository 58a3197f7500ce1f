/** Sounds are made, not played from files: nothing to load on a slow line. */

const STORED_UNDER = 'huizhen.muted';

export interface SoundState {
  muted: boolean;
  /** The browser keeps silent until the person has touched the page once. */
  blocked: boolean;
}

let context: AudioContext | undefined;
let state: SoundState = { muted: localStorage.getItem(STORED_UNDER) === '1', blocked: false };
const listeners = new Set<() => void>();

function change(next: Partial<SoundState>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

export const soundState = (): SoundState => state;

export function onSoundState(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setMuted(muted: boolean): void {
  localStorage.setItem(STORED_UNDER, muted ? '1' : '0');
  change({ muted });
}

function audio(): AudioContext {
  if (!context) {
    const created = new AudioContext();
    created.addEventListener('statechange', () => change({ blocked: created.state === 'suspended' }));
    change({ blocked: created.state === 'suspended' });
    context = created;
  }
  return context;
}

/** Opening the loudspeaker takes a page ten milliseconds: not beside its first picture. */
const OPENED_AFTER_MS = 1_000;

/** Browsers allow sound after the first click or key. @returns what takes the listeners off again. */
export function unlockSoundOnFirstTouch(): () => void {
  const timer = setTimeout(audio, OPENED_AFTER_MS);
  const unlock = () => {
    const opened = audio();
    if (opened.state === 'suspended') void opened.resume();
  };
  window.addEventListener('pointerdown', unlock);
  window.addEventListener('keydown', unlock);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('pointerdown', unlock);
    window.removeEventListener('keydown', unlock);
  };
}

/** One soft bell stroke, `startS` seconds from now. */
function stroke(frequencyHz: number, startS: number, lengthS: number, volume: number): void {
  const context = audio();
  const at = context.currentTime + startS;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = frequencyHz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(volume, at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + lengthS);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + lengthS);
}

/** Two notes: a case has arrived. */
export function chime(): void {
  if (state.muted) return;
  stroke(784, 0, 0.9, 0.18);
  stroke(1047, 0.18, 1.1, 0.16);
}

const RING_EVERY_MS = 3_000;
/** After a minute nobody is there to hear it. */
const RING_TIMES = 20;

/** Rings for a minute, or until the returned function is called. */
export function startRinging(): () => void {
  let times = 0;
  const ring = () => {
    times += 1;
    if (times >= RING_TIMES) clearInterval(timer);
    if (state.muted) return;
    for (const startS of [0, 0.5]) {
      stroke(659, startS, 0.5, 0.2);
      stroke(880, startS + 0.2, 0.6, 0.2);
    }
  };
  const timer = setInterval(ring, RING_EVERY_MS);
  ring();
  return () => clearInterval(timer);
}
