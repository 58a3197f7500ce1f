import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { type AskingDesk, type AskingOwn, Failure, type PollInput } from '../contract/index.ts';
import { requireNobodyNamed } from '../demonstrations/plan-use-cases.ts';
import { act } from './inside.ts';
import { answerDesk, answerOwn } from './own.ts';
import type { AskingParts } from './parts.ts';

/** The one before is closed with it: one is open at a time. @throws Failure invalid-message / patient-named */
export async function openPoll(
  parts: AskingParts,
  asked: Asked,
  demonstrationId: string,
  { text, options }: PollInput,
): Promise<AskingDesk> {
  const { at } = asked;
  await act(parts, asked, demonstrationId, 'moderate', async ({ stores, demonstration, record }) => {
    await requireNobodyNamed(parts, stores, demonstration.consultationId, { text, options: options.join('\n') });
    await stores.asking.closePolls(demonstrationId, at);
    const pollId = randomUUID();
    await stores.asking.insertPoll({
      pollId,
      demonstrationId,
      text,
      options: [...options],
      openedAt: at.toISOString(),
      closedAt: null,
    });
    await record('poll:open', 'poll', pollId);
  });
  parts.news.changed(demonstrationId, { parts: ['poll'] });
  return answerDesk(parts, demonstrationId);
}

interface OfPoll {
  demonstrationId: string;
  pollId: string;
}

/** Closed already, nothing changes. */
export async function closePoll(
  parts: AskingParts,
  asked: Asked,
  { demonstrationId, pollId }: OfPoll,
): Promise<AskingDesk> {
  await act(parts, asked, demonstrationId, 'moderate', async ({ stores, record }) => {
    const poll = await stores.asking.findPoll(demonstrationId, pollId);
    if (!poll) throw new Failure('not-found', 'no such poll');
    if (poll.closedAt !== null) return;
    await stores.asking.closePolls(demonstrationId, asked.at);
    await record('poll:close', 'poll', pollId);
  });
  parts.news.changed(demonstrationId, { parts: ['poll'] });
  return answerDesk(parts, demonstrationId);
}

/** One answer a person; which one stands in no trail. @throws Failure conflict / state-not-allowed where it is closed */
export async function answerPoll(
  parts: AskingParts,
  asked: Asked,
  { demonstrationId, pollId }: OfPoll,
  option: number,
): Promise<AskingOwn> {
  const { accountId } = asked.caller;
  const demonstration = await act(parts, asked, demonstrationId, 'ask', async ({ stores, demonstration, record }) => {
    const poll = await stores.asking.findPoll(demonstrationId, pollId);
    if (!poll || option >= poll.options.length) throw new Failure('not-found', 'no such poll or option');
    if (poll.closedAt !== null) throw new Failure('conflict', 'the poll is closed', { reason: 'state-not-allowed' });
    await stores.asking.putAnswer({ pollId, accountId, option }, asked.at);
    await record('poll:answer', 'poll', pollId);
    return demonstration;
  });
  parts.news.changed(demonstrationId, { parts: ['poll'] });
  return answerOwn(parts, asked, demonstration);
}
