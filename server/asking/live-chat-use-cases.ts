import type { Asked } from '../access/asked.ts';
import { type AskingDesk, Failure, type LiveChatInput, type LiveChatLine } from '../contract/index.ts';
import { requireNobodyNamed } from '../demonstrations/plan-use-cases.ts';
import { act, isStaff } from './inside.ts';
import { answerDesk, answerOwn } from './own.ts';
import { requirePace } from './pace.ts';
import type { AskingParts } from './parts.ts';
import { readPace, toLines } from './view.ts';

/**
 * Keeps one line; sent twice over a bad line it is kept once. Whoever has a seat is not slowed.
 * @throws Failure rate-limited / asked-too-soon; invalid-message / patient-named; conflict where the id is taken
 */
export async function postLine(
  parts: AskingParts,
  asked: Asked,
  demonstrationId: string,
  { messageId, text }: LiveChatInput,
): Promise<LiveChatLine> {
  const { caller, at } = asked;
  const { accountId, facilityId } = caller;
  const done = await act(parts, asked, demonstrationId, 'ask', async ({ stores, demonstration, record }) => {
    const { asking } = stores;
    const before = await asking.findLine(demonstrationId, messageId);
    if (before && before.authorId !== accountId) throw new Failure('conflict', 'the message id is taken');
    if (before) return { demonstration, stored: before, isNew: false };
    const byStaff = isStaff(demonstration, accountId);
    if (!byStaff) {
      const paceS = await readPace(stores, demonstrationId);
      requirePace(await asking.findLastWritten(demonstrationId, accountId), paceS, at);
    }
    await requireNobodyNamed(parts, stores, demonstration.consultationId, { text });
    const stored = await asking.appendLine({
      demonstrationId,
      messageId,
      authorId: accountId,
      facilityId,
      isStaff: byStaff,
      text,
      at: at.toISOString(),
      removedAt: null,
    });
    await record('live-chat:post', 'live-chat-line', messageId, { sequence: stored.sequence });
    return { demonstration, stored, isNew: true };
  });
  const [line] = await toLines(parts.work.read, [done.stored]);
  if (!line) throw new Error('a line was lost');
  if (done.isNew) {
    parts.news.changed(demonstrationId, { line });
    // From when they may write again.
    await answerOwn(parts, asked, done.demonstration);
  }
  return line;
}

/** Removed already, nothing changes. */
export async function removeLine(
  parts: AskingParts,
  asked: Asked,
  { demonstrationId, messageId }: { demonstrationId: string; messageId: string },
): Promise<AskingDesk> {
  await act(parts, asked, demonstrationId, 'moderate', async ({ stores, record }) => {
    const line = await stores.asking.findLine(demonstrationId, messageId);
    if (!line) throw new Failure('not-found', 'no such line');
    if (line.removedAt !== null) return;
    await stores.asking.removeLine(demonstrationId, messageId, asked.at);
    await record('live-chat:remove', 'live-chat-line', messageId, { sequence: line.sequence });
  });
  parts.news.changed(demonstrationId, { removedId: messageId });
  return answerDesk(parts, demonstrationId);
}

/** How long a watcher waits between two lines. */
export async function slowChat(
  parts: AskingParts,
  asked: Asked,
  demonstrationId: string,
  paceS: number,
): Promise<AskingDesk> {
  await act(parts, asked, demonstrationId, 'moderate', async ({ stores, record }) => {
    await stores.asking.putPace(demonstrationId, paceS, asked.at);
    await record('live-chat:slow', 'demonstration', demonstrationId, { paceS });
  });
  parts.news.changed(demonstrationId, { parts: ['pace'] });
  return answerDesk(parts, demonstrationId);
}
