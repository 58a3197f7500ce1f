import { z } from 'zod';
import { MOST_ZONES } from '../masking/zones.ts';
import { CAMERA_SOURCES } from './picture-request.ts';

const Fraction = z.number().min(0).max(1);
const Zone = z.object({ x: Fraction, y: Fraction, width: Fraction, height: Fraction });
const Device = z.object({ deviceId: z.string(), label: z.string() });

const Input = z.object({
  inputId: z.string(),
  source: z.enum(CAMERA_SOURCES),
  name: z.string().max(60),
  zones: z.array(Zone).max(MOST_ZONES),
  /** Kept before it was known: the first picture of the camera is taken for the one that they were drawn over. */
  zonesRatio: z.number().positive().nullable().default(null),
  isOn: z.boolean(),
  device: Device,
});
/** Masks that were drawn over a picture of nobody knows which shape are looked at by somebody before anything is sent under them. */
const KeptInput = Input.transform((one) =>
  one.zones.length > 0 && one.zonesRatio === null ? { ...one, isOn: false } : one,
);
export type KeptInput = z.infer<typeof KeptInput>;

/** A telephone that was let in, by the id of its camera: its masks are there when its picture comes again. */
const KeptPhone = Input.omit({ device: true, isOn: true });
export type KeptPhone = z.infer<typeof KeptPhone>;

/** `speech`: a microphone, freed of echo and noise. `line`: the sound of a device or of the theatre's own system, left as it is. */
export const SoundKind = z.enum(['speech', 'line']);
export type SoundKind = z.infer<typeof SoundKind>;

/** `open`: the voice is always sent. `pushed`: while a key is held down. */
export const VoiceMode = z.enum(['open', 'pushed']);
export type VoiceMode = z.infer<typeof VoiceMode>;

/** As many of each as a theatre has at once. */
export const MOST_KEPT = 6;

const Memory = z.object({
  inputs: z.array(KeptInput).max(MOST_KEPT).default([]),
  phones: z.array(KeptPhone).max(MOST_KEPT).default([]),
  sound: z.object({ device: Device, kind: SoundKind }).nullable().default(null),
  voiceMode: VoiceMode.default('open'),
  /** By `KeyboardEvent.code`: foot-switches are keyboards of one key. */
  voiceKey: z.string().max(32).default('KeyB'),
});
export type Memory = z.infer<typeof Memory>;

const STORED_UNDER = 'huizhen.theatre';

/** How the theatre's computer is set up: kept in its browser, so that the masks of a camera are there before its picture is. */
export interface TheatreMemory {
  readonly kept: Memory;
  keep(change: Partial<Memory>): void;
}

export function createTheatreMemory(storage: Pick<Storage, 'getItem' | 'setItem'>): TheatreMemory {
  let kept = read(storage);
  return {
    get kept() {
      return kept;
    },
    keep(change) {
      kept = { ...kept, ...change };
      try {
        storage.setItem(STORED_UNDER, JSON.stringify(kept));
      } catch {
        // Full or forbidden storage must not stand in the way of an operation; the set-up holds for this page.
      }
    },
  };
}

function read(storage: Pick<Storage, 'getItem'>): Memory {
  try {
    return Memory.parse(JSON.parse(storage.getItem(STORED_UNDER) ?? '{}'));
  } catch {
    return Memory.parse({});
  }
}
