import type { types } from 'mediasoup-client';
import type { Clock } from '../review/clock.ts';
import { type Counters, readDownlink, readUplink, type UplinkSample } from './line-stats.ts';
import { createQualityJudge, type LinkQuality, rateLine, worst } from './link-quality.ts';
import { createProcessorLoad } from './processor-load.ts';
import type { Publisher } from './publisher.ts';
import { createUplinkLadder, type UplinkLadder } from './uplink-ladder.ts';

const EVERY_MS = 2_000;
/** While the own picture is away: each look counts then. */
const STOPPED_EVERY_MS = 1_000;
const CLEAR_LOSS = 0.02;

export interface LineMonitorParts {
  send(): types.Transport | undefined;
  recv: types.Transport;
  publisher: Publisher;
  clock: Clock;
  onChange(): void;
  onFailure(thrown: unknown): void;
}

/** Looks at the own line every two seconds: rates it, and lets the own video give way where it is poor. */
export interface LineMonitor {
  readonly quality: LinkQuality;
  /** What comes in, a voice at least, comes whole and in time. */
  readonly isInwardClear: boolean;
  /** The line is so poor that no video is sent, or only to see whether it bears it again. */
  readonly pictureStopped: boolean;
  /** This computer does not keep up with encoding: the largest layers are left out for its sake. */
  readonly isComputerSlow: boolean;
  close(): void;
}

const isUp = (transport: types.Transport | undefined): transport is types.Transport =>
  transport !== undefined && !transport.closed && transport.connectionState === 'connected';

export function monitorLine({ send, recv, publisher, clock, onChange, onFailure }: LineMonitorParts): LineMonitor {
  const judge = createQualityJudge();
  let ladder: UplinkLadder | undefined;
  let ladderFor = '';
  let up: Counters = new Map();
  let down: Counters = new Map();
  const processor = createProcessorLoad();
  let pictureStopped = false;
  /** Layers that this computer keeps up with. */
  let mostEncoded = Number.POSITIVE_INFINITY;
  let isInwardClear = false;
  let closed = false;
  let cancel = clock.after(EVERY_MS, look);

  function look(): void {
    measure()
      .catch(onFailure)
      .finally(() => {
        if (!closed) cancel = clock.after(pictureStopped ? STOPPED_EVERY_MS : EVERY_MS, look);
      });
  }

  function climb(on: UplinkLadder, sample: UplinkSample): void {
    const before = on.level;
    const wasSlow = processor.isLimiting;
    const nowMs = clock.nowMs();
    const layers = { all: publisher.layersBps.length, least: publisher.pictureCount };
    const sent = Math.min(on.level, publisher.layersTaken, mostEncoded);
    mostEncoded = processor.observe(sample, nowMs, { ...layers, sent });
    const level = on.observe(sample, nowMs, Math.min(publisher.layersTaken, mostEncoded));
    if (level !== before || processor.isLimiting !== wasSlow)
      // biome-ignore lint/suspicious/noConsole: whoever looks for the fault of a line looks in the browser's log.
      console.info(`call: own video ${before} → ${level} layers (${on.reason})`, mostEncoded, JSON.stringify(sample));
    publisher.setLayers(Math.min(level, mostEncoded));
    if (processor.isLimiting !== wasSlow) onChange();
  }

  async function measure(): Promise<void> {
    const ratings: LinkQuality[] = [];
    if (isUp(recv)) {
      const { sample, counters } = readDownlink(await recv.getStats(), down);
      down = counters;
      ratings.push(rateLine(sample));
      isInwardClear = (sample.lossFraction ?? 1) < CLEAR_LOSS && rateLine(sample) === 'good';
    } else isInwardClear = false;
    const sending = send();
    if (isUp(sending)) {
      const { sample, counters } = readUplink(await sending.getStats(), up, publisher.voiceScore);
      up = counters;
      ratings.push(rateLine(sample));
      const layersBps = publisher.layersBps;
      const key = layersBps.join();
      // Another camera has other layers; one that is off keeps the state of the line in mind.
      if (key !== '' && key !== ladderFor) {
        ladder = createUplinkLadder(layersBps);
        ladderFor = key;
      }
      if (ladder && key !== '') climb(ladder, sample);
    }
    // Another path, or the same after an interruption, is another line: what was learnt of the old one does not count.
    else ladderFor = '';
    if (closed || ratings.length === 0) return;
    const before = judge.quality;
    const stoppedBefore = pictureStopped;
    pictureStopped = (ladder?.level === 0 || ladder?.isTrying === true) && publisher.layersBps.length > 0;
    judge.observe(pictureStopped ? 'poor' : worst(ratings));
    if (judge.quality !== before || pictureStopped !== stoppedBefore) onChange();
  }

  return {
    get quality() {
      return judge.quality;
    },
    get isInwardClear() {
      return isInwardClear;
    },
    get pictureStopped() {
      return pictureStopped;
    },
    get isComputerSlow() {
      return processor.isLimiting;
    },
    close() {
      closed = true;
      cancel();
    },
  };
}
