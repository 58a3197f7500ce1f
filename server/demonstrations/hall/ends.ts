import type { SfuControl } from '../../../sfu/control.ts';
import type { DemonstrationParts, HallEnds } from '../parts.ts';
import { placeOf, thoseWithLess } from './seats.ts';

interface EndsParts extends Pick<DemonstrationParts, 'notify' | 'log'> {
  sfu: Pick<SfuControl, 'endRoom' | 'removePerson'>;
  /** What they showed, or were let show, of the pictures. */
  loseSeats(demonstrationId: string, accountIds: readonly string[]): Promise<void>;
}

/** Where the sfu does not answer, whoever looks at the rooms does it later. */
export function createHallEnds({ sfu, notify, log, loseSeats }: EndsParts): HallEnds {
  const putOut = (demonstrationId: string, accountId: string): Promise<void> =>
    sfu.removePerson({ roomId: demonstrationId, accountId }).catch((err: unknown) => {
      log.warn({ err, demonstrationId, accountId }, 'the sfu could not be told that a person may not stay');
    });
  const showNoMore = (demonstrationId: string, accountIds: readonly string[]): Promise<void> =>
    loseSeats(demonstrationId, accountIds).catch((err: unknown) => {
      log.error({ err, demonstrationId }, 'who has lost a seat may be named as showing pictures still');
    });
  return {
    async close(demonstrationId) {
      notify.leaveDemonstration(demonstrationId);
      await sfu.endRoom(demonstrationId).catch((err: unknown) => {
        log.warn({ err, demonstrationId }, 'the sfu could not be told that a demonstration is over');
      });
    },
    async remove(demonstrationId, accountId) {
      notify.leaveDemonstration(demonstrationId, [accountId]);
      await Promise.all([putOut(demonstrationId, accountId), showNoMore(demonstrationId, [accountId])]);
    },
    async reseat(before, next) {
      const { demonstrationId } = next;
      const { kept } = thoseWithLess(before, next);
      if (kept.length === 0) return;
      // They come back to the place that they have now.
      const moved = kept.filter((accountId) => {
        const [was, is] = [placeOf(before, accountId), placeOf(next, accountId)];
        return was.seat !== is.seat || (was.mayCut && !is.mayCut);
      });
      await Promise.all([
        ...moved.map((accountId) => putOut(demonstrationId, accountId)),
        showNoMore(demonstrationId, kept),
      ]);
    },
  };
}
