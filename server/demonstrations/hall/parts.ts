import type { SfuControl } from '../../../sfu/control.ts';
import type { TicketParts } from '../../call/ticket.ts';
import type { DemonstrationParts } from '../parts.ts';

export interface HallParts extends DemonstrationParts, Omit<TicketParts, 'work'> {
  sfu: Pick<SfuControl, 'cutHall' | 'resumeHall' | 'setPublish' | 'putPoster' | 'findPoster' | 'readiness' | 'health'>;
  /** The pictures were cut: what was drawn on them goes. */
  onPictureCut(demonstrationId: string): void;
}

/** What looks at the halls again and again needs. */
export interface HallWatchParts extends Pick<DemonstrationParts, 'work' | 'clock' | 'notify' | 'log'> {
  sfu: Pick<SfuControl, 'listHalls' | 'cutHall' | 'setPublish' | 'removePerson' | 'endRoom'>;
  onPictureCut: HallParts['onPictureCut'];
}
