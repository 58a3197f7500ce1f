import type { SfuControl } from '../../../sfu/control.ts';
import type { DemonstrationParts, HallEnds } from '../parts.ts';

/** Where the sfu does not answer, whoever looks at the rooms does it later. */
export function createHallEnds({
  sfu,
  notify,
  log,
}: Pick<DemonstrationParts, 'notify' | 'log'> & { sfu: Pick<SfuControl, 'endRoom' | 'removePerson'> }): HallEnds {
  return {
    async close(demonstrationId) {
      notify.leaveDemonstration(demonstrationId);
      await sfu.endRoom(demonstrationId).catch((err: unknown) => {
        log.warn({ err, demonstrationId }, 'the sfu could not be told that a demonstration is over');
      });
    },
    async remove(demonstrationId, accountId) {
      notify.leaveDemonstration(demonstrationId, [accountId]);
      await sfu.removePerson({ roomId: demonstrationId, accountId }).catch((err: unknown) => {
        log.warn({ err, demonstrationId, accountId }, 'the sfu could not be told that a person may not stay');
      });
    },
  };
}
