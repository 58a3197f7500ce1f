import { type Clock, every } from '../review/clock.ts';
import { createQualityJudge, type LinkQuality, rateScore, worst } from './link-quality.ts';
import type { PeerBook } from './peer-book.ts';
import type { Subscriptions } from './subscriptions.ts';

const RATE_EVERY_MS = 2_000;

export interface SenderLinesParts {
  book: PeerBook;
  subscriptions(): Pick<Subscriptions, 'of'> | undefined;
  clock: Clock;
  onChange(): void;
}

/** What the sfu says of each person's line, steadied. */
export interface SenderLines {
  /** Null where they send nothing to judge by. */
  qualityOf(peerId: string): LinkQuality | null;
  close(): void;
}

export function watchSenderLines({ book, subscriptions, clock, onChange }: SenderLinesParts): SenderLines {
  const judges = new Map<string, ReturnType<typeof createQualityJudge>>();

  function rate(): void {
    const present = new Set(book.peers.map(({ peerId }) => peerId));
    for (const peerId of judges.keys()) if (!present.has(peerId)) judges.delete(peerId);
    let differs = false;
    for (const { peerId } of book.peers) {
      const scores = (['audio', 'video'] as const)
        .map((kind) => subscriptions()?.of(peerId, kind)?.senderScore)
        .filter((score) => typeof score === 'number');
      if (scores.length === 0) {
        differs = judges.delete(peerId) || differs;
        continue;
      }
      const known = judges.get(peerId);
      const judge = known ?? createQualityJudge();
      const before: LinkQuality | undefined = known?.quality;
      judges.set(peerId, judge);
      differs = judge.observe(worst(scores.map(rateScore))) !== before || differs;
    }
    if (differs) onChange();
  }

  const cancel = every(clock, RATE_EVERY_MS, rate);
  return {
    qualityOf: (peerId) => judges.get(peerId)?.quality ?? null,
    close: cancel,
  };
}
