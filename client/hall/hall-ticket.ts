import type { CallTicket } from '../../server/contract/call.ts';
import type { HallSeat } from '../../sfu/contract/token.ts';

/** The way into a hall: a call's ticket, the seat that the server gives, and whether the theatre may be cut from there. */
export interface HallTicket extends CallTicket {
  seat: HallSeat;
  mayCut: boolean;
}
