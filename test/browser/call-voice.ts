import { writeFile } from 'node:fs/promises';

const RATE_HZ = 48_000;
const LENGTH_S = 6;

/**
 * A voice for Chromium's fake microphone (`--use-file-for-fake-audio-capture`): a gliding tone with harmonics in syllables, four seconds of
 * it and two of silence. Chromium's own beep is taken for noise by its noise suppression.
 */
export async function writeVoice(path: string): Promise<void> {
  const samples = new Int16Array(RATE_HZ * LENGTH_S);
  let phase = 0;
  for (let index = 0; index < samples.length; index++) {
    const atS = index / RATE_HZ;
    phase += (2 * Math.PI * (150 + 40 * Math.sin(2 * Math.PI * 0.9 * atS))) / RATE_HZ;
    const syllable = atS < 4 ? Math.max(0, Math.sin(2 * Math.PI * 3.5 * atS)) : 0;
    let value = 0;
    for (let harmonic = 1; harmonic <= 12; harmonic++) value += Math.sin(phase * harmonic) / harmonic;
    samples[index] = Math.round(9_000 * syllable * value);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE_HZ, 24);
  header.writeUInt32LE(RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  await writeFile(path, Buffer.concat([header, Buffer.from(samples.buffer)]));
}
