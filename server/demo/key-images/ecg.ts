import sharp from 'sharp';
import type { EcgTarget } from '../../contract/index.ts';
import { readDicomFile } from '../../formats/dicom/dicom-file.ts';
import { samplesUv } from '../../formats/ecg/lead-samples.ts';
import { readEcg } from '../../formats/ecg/read-ecg.ts';
import { drawPaper, placeOnPaper, SHEET } from './ecg-paper.ts';
import type { MarkedPicture } from './marked-picture.ts';

const PX_PER_MM = 5;
/** The review's coordinates: each lead has a band of its own, see the contract's `Point`. */
const BAND_UV = 40_000;

/** The sheet of twelve leads with a caliper from before QRS to a time after J on one of them. */
export async function drawStElevation(
  bytes: Uint8Array,
  target: EcgTarget,
  { leadName, beat, afterRMs }: { leadName: string; beat: number; afterRMs: number },
  caption: string,
): Promise<MarkedPicture> {
  const { groups } = readEcg(readDicomFile(bytes));
  const leads = (groups[target.group]?.leads ?? []).map((lead) => ({ name: lead.name, uv: samplesUv(lead) }));
  const rateHz = groups[target.group]?.sampleRateHz ?? 1;
  const lead = leads.findIndex(({ name }) => name === leadName);
  const rMs = (findBeats(leads.find(({ name }) => name === 'II')?.uv ?? new Float64Array(), rateHz)[beat] ?? 0) * 1000;
  const pointAt = (timeMs: number) => {
    const amplitudeUv = leads[lead]?.uv[Math.round((timeMs / 1000) * rateHz)] ?? 0;
    return { timeMs, amplitudeUv, point: { x: timeMs, y: lead * BAND_UV - amplitudeUv } };
  };
  // Between P and QRS the line is at rest.
  const [rest, raised] = [pointAt(rMs - 66), pointAt(rMs + afterRMs)];
  const [from, to] = [rest, raised].map(({ timeMs, amplitudeUv }) =>
    placeOnPaper(leadName, timeMs / 1000, amplitudeUv),
  );
  if (!from || !to) throw new Error(`lead ${leadName} is not on the sheet there`);
  const caliper = `<path fill="none" stroke="#0050d8" stroke-width="0.4"
    d="M${from.x} ${from.y - 8}V${from.y + 8}M${to.x} ${to.y - 8}V${to.y + 8}M${from.x} ${from.y}H${to.x}M${from.x} ${to.y}H${to.x}"/>`;
  const [widthPx, heightPx] = [SHEET.widthMm * PX_PER_MM, SHEET.heightMm * PX_PER_MM];
  const svg = drawPaper(leads, rateHz, caliper, PX_PER_MM);
  const durationMs = raised.timeMs - rest.timeMs;
  const amplitudeMv = (raised.amplitudeUv - rest.amplitudeUv) / 1000;
  return {
    target,
    viewport: {
      target,
      startS: 0,
      layout: '3x4+1',
      speedMmPerS: 25,
      gainMmPerMv: 10,
      center: { x: SHEET.widthMm / 2, y: SHEET.heightMm / 2 },
      paperMmPerScreenHeight: SHEET.heightMm,
    },
    shapes: [{ kind: 'caliper', start: rest.point, end: raised.point, march: false }],
    measurements: [
      `卡尺 间期 ${durationMs.toFixed(0)} ms，幅度 ${amplitudeMv.toFixed(2)} mV，按记录的采样率 ${rateHz} Hz 和灵敏度`,
    ],
    caption,
    png: await sharp(Buffer.from(svg)).removeAlpha().png({ palette: true }).toBuffer(),
    widthPx,
    heightPx,
  };
}

/** When R peaks, seconds: the highest sample of each stretch above half of the record's highest. */
function findBeats(uv: Float64Array, rateHz: number): number[] {
  const high = uv.reduce((most, value) => Math.max(most, value), 0) * 0.75;
  const peaks: number[] = [];
  for (let index = 1; index < uv.length - 1; index += 1) {
    const value = uv[index] ?? 0;
    const isPeak = value > high && value >= (uv[index - 1] ?? 0) && value > (uv[index + 1] ?? 0);
    if (isPeak && index / rateHz - (peaks.at(-1) ?? -1) > 0.3) peaks.push(index / rateHz);
  }
  return peaks;
}
