import { SEAT_SOURCES } from '../../../sfu/contract/token.ts';
import { requireMedia } from '../../../sfu/control.ts';
import type { RoomTokenGrant } from '../../../sfu/room-token.ts';
import type { Asked } from '../../access/asked.ts';
import { demonstrationActions } from '../../access/demonstrations.ts';
import { recordAct } from '../../audit/record.ts';
import { issueRoomTicket } from '../../call/ticket.ts';
import type { HallSeat, HallTicket, HallTicketInput, MediaSource } from '../../contract/index.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import { ACTS } from '../rules/rules.ts';
import type { HallParts } from './parts.ts';
import { seatIn } from './seats.ts';

/** A theatre sends several pictures up to 1080p, and sees the stage; the audience sees all of it at most once at full size. */
const CEILINGS_BPS: Record<HallSeat, { maxReceiveBps: number; maxSendBps: number }> = {
  theatre: { maxReceiveBps: 8_000_000, maxSendBps: 20_000_000 },
  stage: { maxReceiveBps: 20_000_000, maxSendBps: 6_000_000 },
  advocate: { maxReceiveBps: 8_000_000, maxSendBps: 3_000_000 },
  audience: { maxReceiveBps: 8_000_000, maxSendBps: 3_000_000 },
};

/**
 * Lets the caller into the hall, to the seat that their standing gives them. What was cut and who has the word come with it, so that both
 * hold at an sfu that was started anew.
 * @throws Failure not-found, forbidden; conflict before it is opened to them; unavailable / media-preparing, media-failed
 */
export async function issueHallTicket(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  { unreached }: HallTicketInput = {},
): Promise<HallTicket> {
  const { caller, at } = asked;
  const { read } = parts.work;
  const { standing } = await getDemonstrationFor(parts, read, caller, demonstrationId, 'join-hall', { at });
  const seat = seatIn(standing);
  if (!seat) throw new Error('whoever may enter the hall has a seat in it');
  requireMedia(parts.sfu.readiness());
  const mayCut = demonstrationActions(standing).includes('cut');
  const { cut } = await read.halls.find(demonstrationId);
  const hall: RoomTokenGrant['hall'] = { seat, mayCut, ...CEILINGS_BPS[seat] };
  if (cut.number > 0) hall.cut = cut;
  const mayPublish = await sourcesOf(parts, { demonstrationId, accountId: caller.accountId, seat });
  const ticket = await issueRoomTicket(parts, asked, { roomId: demonstrationId, mayPublish, hall }, unreached);
  await parts.work.write((stores) =>
    recordAct(stores.audit, asked, {
      action: ACTS['join-hall'].recorded ?? 'join-hall',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { seat },
    }),
  );
  return { ...ticket, seat, mayCut };
}

/** What may be sent from the seat; of the audience by those alone who have the word. */
async function sourcesOf(
  { work: { read } }: HallParts,
  { demonstrationId, accountId, seat }: { demonstrationId: string; accountId: string; seat: HallSeat },
): Promise<MediaSource[]> {
  if (seat !== 'audience') return [...SEAT_SOURCES[seat]];
  const voices = await read.halls.listVoices(demonstrationId);
  return voices.find((one) => one.accountId === accountId)?.sources ?? [];
}
