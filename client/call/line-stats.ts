import type { LineSample } from './link-quality.ts';

/** One look at what the own line carries outward. Null: not known (no report yet). */
export interface UplinkSample {
  /** Share of sent packets that the sfu did not get, 0 to 1. */
  lossFraction: number | null;
  rttMs: number | null;
  /** As the sfu's reports on the pictures tell it, each second; a path's own is measured less often, and a voice's seldom. */
  pictureRttMs: number | null;
  /** The browser's estimate of what the line takes, bit/s. */
  availableBps: number | null;
  /** The encoder is held back by the processor. */
  cpuLimited: boolean;
  /** A layer that is sent has fewer than half of the pictures that come in, and not for the line's sake. */
  isStarved: boolean;
}

/** The fields that are read of W3C's webrtc-stats; a browser may leave any of them out. */
interface StatsEntry {
  id: string;
  type: string;
  kind?: string;
  localId?: string;
  packetsSent?: number;
  packetsReceived?: number;
  packetsLost?: number;
  framesDecoded?: number;
  fractionLost?: number;
  roundTripTime?: number;
  qualityLimitationReason?: string;
  active?: boolean;
  framesPerSecond?: number;
  mediaSourceId?: string;
  availableOutgoingBitrate?: number;
  currentRoundTripTime?: number;
  nominated?: boolean;
}

/** What the counters stood at: loss is counted between two looks. */
export type Counters = ReadonlyMap<string, { packets: number; lost: number }>;

const entriesOf = (report: RTCStatsReport): StatsEntry[] => {
  const entries: StatsEntry[] = [];
  report.forEach((entry: StatsEntry) => {
    entries.push(entry);
  });
  return entries;
};

/** Of the path that is used. Its state is `in-progress` while an answer is late: that its delay is not known then would make a slow path look fast. */
const rttOf = (entries: readonly StatsEntry[]): number | null => {
  const seconds = entries.find(
    ({ type, nominated, currentRoundTripTime }) =>
      type === 'candidate-pair' && nominated === true && currentRoundTripTime !== undefined,
  )?.currentRoundTripTime;
  return seconds === undefined ? null : seconds * 1000;
};

/**
 * What the sfu says of each stream that was sent since the last look, weighed by packets. Of the voice it reports, in place of this line's
 * loss, the worst of all receivers' where that is greater (mediasoup does, for Opus' error correction): what is lost on somebody else's line must not
 * count here, so the voice's score, which is of this line alone but slow, bounds what is reported.
 * @param voiceScore of the voice as the sfu receives it, 0 to 10; undefined: not known, then the voice does not count
 */
export function readUplink(
  report: RTCStatsReport,
  before: Counters,
  voiceScore: number | undefined,
): { sample: UplinkSample; counters: Counters } {
  const entries = entriesOf(report);
  const counters = new Map<string, { packets: number; lost: number }>();
  let sent = 0;
  let lost = 0;
  let pictureRttMs: number | null = null;
  for (const stream of entries.filter(({ type }) => type === 'outbound-rtp')) {
    const packets = stream.packetsSent ?? 0;
    counters.set(stream.id, { packets, lost: 0 });
    const share = entries.find(({ type, localId }) => type === 'remote-inbound-rtp' && localId === stream.id);
    const fresh = Math.max(0, packets - (before.get(stream.id)?.packets ?? packets));
    // Of what is not sent the last report stays.
    if (fresh > 0 && stream.kind === 'video' && share?.roundTripTime !== undefined)
      pictureRttMs = Math.max(pictureRttMs ?? 0, share.roundTripTime * 1000);
    if (share?.fractionLost === undefined) continue;
    const fraction = stream.kind === 'audio' ? lossOfVoice(share.fractionLost, voiceScore) : share.fractionLost;
    if (fraction === undefined) continue;
    sent += fresh;
    lost += fresh * fraction;
  }
  const availableBps = entries.find(
    ({ type, availableOutgoingBitrate }) => type === 'candidate-pair' && availableOutgoingBitrate !== undefined,
  )?.availableOutgoingBitrate;
  return {
    counters,
    sample: {
      lossFraction: sent > 0 ? lost / sent : null,
      rttMs: rttOf(entries),
      pictureRttMs,
      availableBps: availableBps ?? null,
      cpuLimited: entries.some(
        ({ type, qualityLimitationReason, active }) =>
          type === 'outbound-rtp' && qualityLimitationReason === 'cpu' && active !== false,
      ),
      isStarved: entries.some((entry) => isStarved(entry, entries)),
    },
  };
}

/** What gives few pictures by itself, a screen or a black one, says nothing. */
const MOVING_PER_S = 12;

function isStarved(stream: StatsEntry, entries: readonly StatsEntry[]): boolean {
  const { type, kind, active, framesPerSecond, qualityLimitationReason, mediaSourceId } = stream;
  // A browser that does not say which layers are sent has none of them judged.
  if (type !== 'outbound-rtp' || kind !== 'video' || active !== true || qualityLimitationReason === 'bandwidth')
    return false;
  const source = entries.find(({ id }) => id === mediaSourceId)?.framesPerSecond ?? 0;
  return framesPerSecond !== undefined && source >= MOVING_PER_S && framesPerSecond < source / 2;
}

/** Each of the two is at least what was lost on this line. */
function lossOfVoice(reported: number, score: number | undefined): number | undefined {
  const scored = lossOfScore(score);
  return reported === 0 ? 0 : scored === undefined ? undefined : Math.min(reported, scored);
}

/** mediasoup's score is ten times the fourth power of the share that arrived (RtpStreamRecv::UpdateScore). */
function lossOfScore(score: number | undefined): number | undefined {
  return score === undefined ? undefined : 1 - (score / 10) ** 0.25;
}

/** Pictures that the decoder has made so far; undefined where the browser does not say. */
export function readFramesDecoded(report: RTCStatsReport): number | undefined {
  return entriesOf(report).find(({ type }) => type === 'inbound-rtp')?.framesDecoded;
}

/** What arrived since the last look, and what should have. */
export function readDownlink(report: RTCStatsReport, before: Counters): { sample: LineSample; counters: Counters } {
  const entries = entriesOf(report);
  const counters = new Map<string, { packets: number; lost: number }>();
  let received = 0;
  let lost = 0;
  for (const stream of entries.filter(({ type }) => type === 'inbound-rtp')) {
    const now = { packets: stream.packetsReceived ?? 0, lost: stream.packetsLost ?? 0 };
    const earlier = before.get(stream.id) ?? now;
    counters.set(stream.id, now);
    received += Math.max(0, now.packets - earlier.packets);
    lost += Math.max(0, now.lost - earlier.lost);
  }
  return {
    counters,
    sample: { lossFraction: received + lost > 0 ? lost / (received + lost) : null, rttMs: rttOf(entries) },
  };
}
