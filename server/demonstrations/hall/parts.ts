import type { SfuControl } from '../../../sfu/control.ts';
import type { TicketParts } from '../../call/ticket.ts';
import type { CutState } from '../../contract/index.ts';
import type { Demonstration } from '../demonstration.ts';
import type { DemonstrationParts } from '../parts.ts';

export interface HallParts extends DemonstrationParts, Omit<TicketParts, 'work'> {
  sfu: Pick<SfuControl, 'cutHall' | 'resumeHall' | 'setPublish' | 'putPoster' | 'findPoster' | 'readiness' | 'health'>;
  /** Something was cut, or is not any more. With the pictures goes what was drawn on them. */
  onCut(demonstrationId: string, cut: CutState): void;
  /** A hand went with the word that it had: whoever raised it, and the desk, hear of it. */
  onHandOver(demonstration: Demonstration, whose: { accountId: string; facilityId: string }): Promise<void>;
}

/** What looks at the halls again and again needs. */
export interface HallWatchParts extends Pick<DemonstrationParts, 'work' | 'clock' | 'notify' | 'log'> {
  sfu: Pick<SfuControl, 'listHalls' | 'cutHall' | 'setPublish' | 'removePerson' | 'endRoom'>;
  onCut: HallParts['onCut'];
}
