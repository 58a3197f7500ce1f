import type { Asked } from '../access/asked.ts';
import { findPeople } from '../accounts/person.ts';
import { recordAct } from '../audit/record.ts';
import { listActors } from '../cases/actors.ts';
import { getCaseAccess, getCaseFor } from '../cases/case-access.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import { type ChatMessage, type ChatPost, type ChatSince, Failure } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import type { ChatLine } from './store.ts';

export interface ChatParts {
  work: Work<'accounts' | 'audit' | 'calls' | 'chat' | 'consultations' | 'facilities' | 'practitioners'>;
  notify: Notify;
}

/** As many lines as one answer carries; whoever needs more asks again after the last. */
const PAGE = 500;

/**
 * Keeps one line. Sent twice over a bad line it is kept once, and the second answer is as the first.
 * @param peerId the window that sent it: it has its answer and needs no notice.
 */
export async function postChat(
  { work, notify }: ChatParts,
  asked: Asked,
  { consultationId, messageId, text }: ChatPost,
  peerId: string,
): Promise<ChatMessage> {
  const { caller, at } = asked;
  const { line, isNew, readers } = await work.write(async (stores) => {
    await getCaseFor(stores, caller, consultationId, 'chat', { at, lock: true });
    const before = await stores.chat.find(consultationId, messageId);
    if (before) {
      if (before.authorId !== caller.accountId) throw new Failure('conflict', 'the message id is taken');
      return { line: before, isNew: false, readers: [] };
    }
    const postedAt = at.toISOString();
    const appended = await stores.chat.append({
      messageId,
      consultationId,
      authorId: caller.accountId,
      text,
      postedAt,
    });
    await recordAct(stores.audit, asked, {
      action: 'chat:post',
      subjectKind: 'chat-message',
      subjectId: messageId,
      consultationId,
      detail: { sequence: appended.sequence },
    });
    const grants = await stores.consultations.listGrants(consultationId);
    return { line: appended, isNew: true, readers: await listActors(stores, grants, at) };
  });
  const message = toMessage(line, caller.name);
  if (isNew) notify.toAppointments(readers, 'chat:posted', message, peerId);
  return message;
}

/** The lines after a sequence, in order: the whole conversation, or what a lost connection missed. */
export async function listChat(
  { work }: ChatParts,
  asked: Asked,
  { consultationId, afterSequence }: ChatSince,
): Promise<ChatMessage[]> {
  const { basis } = await getCaseAccess(work.read, asked.caller, consultationId, asked.at);
  const lines = await work.read.chat.listAfter(consultationId, afterSequence, PAGE);
  if (lines.length > 0)
    await work.write((stores) =>
      recordRead(stores, asked, { basis, subjectKind: 'chat', subjectId: consultationId, consultationId }),
    );
  return toMessages(work.read, lines);
}

async function toMessages(stores: Pick<Stores, 'accounts' | 'facilities'>, lines: ChatLine[]): Promise<ChatMessage[]> {
  const people = await findPeople(
    stores,
    lines.map((line) => line.authorId),
  );
  return lines.map((line) => toMessage(line, people.get(line.authorId)?.name ?? ''));
}

function toMessage(line: ChatLine, authorName: string): ChatMessage {
  return { ...line, authorName };
}
