import type { Asked } from '../access/asked.ts';
import { findPeople } from '../accounts/person.ts';
import type {
  AskingDesk,
  AskingOwn,
  AskingView,
  LiveChatLine,
  OwnHand,
  PersonView,
  PollView,
  Question,
} from '../contract/index.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import { mayGrant, mayOffer, waiting } from './hand.ts';
import { askingActions, getInside, isStaff } from './inside.ts';
import { CHAT_PACE_S, nextAt, QUESTION_PACE_S } from './pace.ts';
import type { AskingParts, AskingStores } from './parts.ts';
import type { CountedQuestion, Hand, Poll, StoredLine } from './store.ts';

type Reading = Pick<AskingStores, 'asking' | 'accounts' | 'facilities'>;

/** So many questions go to the audience. */
const SHOWN_QUESTIONS = 20;
const DESK_QUESTIONS = 200;
const OWN_QUESTIONS = 20;
const SHOWN_LINES = 100;
const SHOWN_WAITING = 50;

const speakerOf = (person: PersonView | undefined) => ({
  name: person?.name ?? '',
  facilityName: person?.facilityName ?? '',
});

const peopleOf = (stores: Reading, of: readonly { authorId: string; facilityId: string }[]) =>
  findPeople(
    stores,
    of.map(({ authorId, facilityId }) => ({ accountId: authorId, facilityId })),
  );

function toQuestion(
  { questionId, state, text, askedAt, voteCount, isAnonymous, authorId }: CountedQuestion,
  people: ReadonlyMap<string, PersonView>,
): Question {
  const by = isAnonymous ? null : speakerOf(people.get(authorId));
  return { questionId, state, text, by, askedAt, voteCount };
}

/** As the audience sees them. */
export async function toQuestions(stores: Reading, questions: readonly CountedQuestion[]): Promise<Question[]> {
  const people = await peopleOf(stores, questions);
  return questions.map((one) => toQuestion(one, people));
}

export async function toLines(stores: Reading, lines: readonly StoredLine[]): Promise<LiveChatLine[]> {
  const people = await peopleOf(stores, lines);
  return lines.map(({ messageId, sequence, text, authorId, isStaff: byStaff, at }) => ({
    messageId,
    sequence,
    text,
    by: speakerOf(people.get(authorId)),
    isStaff: byStaff,
    at,
  }));
}

export async function readPoll({ asking }: Pick<AskingStores, 'asking'>, poll: Poll | undefined) {
  if (!poll) return null;
  const counts = await asking.countAnswers(poll.pollId);
  const options = poll.options.map((text, option) => ({ text, count: counts.get(option) ?? 0 }));
  const { pollId, text, openedAt, closedAt } = poll;
  const answeredCount = options.reduce((sum, { count }) => sum + count, 0);
  return { pollId, text, options, answeredCount, openedAt, closedAt } satisfies PollView;
}

export function toWaiting(hands: readonly Hand[]): Pick<AskingView, 'waitingIds' | 'waitingCount'> {
  const ids = waiting(hands).map(({ handId }) => handId);
  return { waitingIds: ids.slice(0, SHOWN_WAITING), waitingCount: ids.length };
}

export async function readOnScreen(stores: Reading, demonstrationId: string): Promise<Question | null> {
  const questionId = await stores.asking.findOnScreen(demonstrationId);
  if (questionId === undefined) return null;
  const [question] = await toQuestions(stores, await stores.asking.findQuestions(demonstrationId, [questionId]));
  return question ?? null;
}

export const readPace = async ({ asking }: Pick<AskingStores, 'asking'>, demonstrationId: string): Promise<number> =>
  (await asking.findPace(demonstrationId)) ?? CHAT_PACE_S;

const toOwnHand = ({ handId, state, raisedAt }: Hand): OwnHand => ({ handId, state, raisedAt });

export async function readOwn(
  stores: Reading,
  demonstration: Demonstration,
  accountId: string,
  at: Date,
): Promise<AskingOwn> {
  const { asking } = stores;
  const { demonstrationId } = demonstration;
  const questions = await asking.listQuestionsOf(demonstrationId, accountId, OWN_QUESTIONS);
  const hand = await asking.findOpenHand(demonstrationId, accountId);
  const poll = await asking.findLatestPoll(demonstrationId);
  const option = poll && (await asking.findAnswer(poll.pollId, accountId));
  const written = await asking.findLastWritten(demonstrationId, accountId);
  const paceS = await readPace(stores, demonstrationId);
  return {
    questions: await toQuestions(stores, questions),
    votedIds: await asking.listVoted(demonstrationId, accountId),
    hand: hand ? toOwnHand(hand) : null,
    pollAnswer: poll && option !== undefined ? { pollId: poll.pollId, option } : null,
    mayAskAt: nextAt(questions[0]?.askedAt, QUESTION_PACE_S, at),
    mayWriteAt: isStaff(demonstration, accountId) ? null : nextAt(written, paceS, at),
  };
}

export async function readDesk(stores: Reading, demonstrationId: string): Promise<AskingDesk> {
  const { asking } = stores;
  const questions = await asking.listQuestions(demonstrationId, {
    states: ['asked', 'answered', 'hidden'],
    limit: DESK_QUESTIONS,
  });
  const hands = await asking.listOpenHands(demonstrationId);
  const people = await findPeople(stores, [
    ...questions.map(({ authorId, facilityId }) => ({ accountId: authorId, facilityId })),
    ...hands,
  ]);
  return {
    questions: questions.flatMap((one) => {
      const author = people.get(one.authorId);
      return author ? [{ ...toQuestion(one, people), author }] : [];
    }),
    hands: hands.flatMap((hand) => {
      const person = people.get(hand.accountId);
      return person ? [{ ...toOwnHand(hand), person, mayOffer: mayOffer(hand, hands), mayGrant: mayGrant(hand) }] : [];
    }),
  };
}

/** All of it as the caller sees it. */
export async function readAsking(
  parts: AskingParts,
  { caller, at }: Asked,
  demonstrationId: string,
): Promise<AskingView> {
  const { read } = parts.work;
  const { demonstration, standing } = await getInside(parts, read, caller, demonstrationId, 'read-asking', { at });
  const { asking } = read;
  const shown = { states: ['asked', 'answered'] as const, limit: SHOWN_QUESTIONS };
  const actions = askingActions(standing);
  return {
    actions,
    questions: await toQuestions(read, await asking.listQuestions(demonstrationId, shown)),
    onScreen: await readOnScreen(read, demonstrationId),
    poll: await readPoll(read, await asking.findLatestPoll(demonstrationId)),
    ...toWaiting(await asking.listOpenHands(demonstrationId)),
    paceS: await readPace(read, demonstrationId),
    chat: await toLines(read, await asking.listLines(demonstrationId, SHOWN_LINES)),
    own: await readOwn(read, demonstration, caller.accountId, at),
    desk: actions.includes('moderate') ? await readDesk(read, demonstrationId) : null,
  };
}
