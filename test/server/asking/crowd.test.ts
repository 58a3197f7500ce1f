import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { applyChange } from '../../../client/asking/fold.ts';
import { TOLD_EVERY_MS } from '../../../server/asking/news.ts';
import type { AskingChange, AskingView, HandState } from '../../../server/contract/index.ts';
import type { Client } from '../../support/client.ts';
import { type Connection, connect } from '../../support/connect.ts';
import { eventually } from '../../support/eventually.ts';
import { createRandom } from '../../support/random.ts';
import { type AskingWorld, newQuestion, openAskingWorld, outcome } from './asking-world.ts';

/** A session has 20 windows at most. */
const [PEOPLE, WINDOWS_EACH] = [10, 20];

describe('a crowd in a live demonstration', function () {
  this.timeout(180_000);
  let place: AskingWorld;
  let moderator: Client;

  before(async () => {
    place = await openAskingWorld('SQLite', PEOPLE);
    moderator = place.world.moderator.client;
  });
  after(() => place?.close());

  it('[AS9] is told together: however much happens, a window hears of it twice a second at most', async () => {
    const demonstrationId = await place.live();
    const params = { demonstrationId };
    const windows: Connection[] = [];
    const heard = new Map<Connection, AskingChange[]>();
    for (const { client } of place.watchers)
      for (const window of await Promise.all(
        Array.from({ length: WINDOWS_EACH }, () => connect(place.world.server.url, client.cookie)),
      )) {
        windows.push(window);
        const changes: AskingChange[] = [];
        heard.set(window, changes);
        window.socket.on('asking:changed', (change) => changes.push(change));
      }
    await Promise.all(windows.map((window) => window.request('demonstration:enter', params)));
    const questionId = randomUUID();
    const body = { questionId, text: '怎样避免损伤段门？', isAnonymous: false };
    const fromMs = performance.now();
    await moderator.call('question:ask', { params, body });
    await Promise.all(
      place.watchers.flatMap(({ client }) => [
        client.call('question:vote', { params: { demonstrationId, questionId } }),
        client.call('hand:raise', { params }),
        client.call('question:ask', { params, body: newQuestion('我也问') }),
        client.call('live-chat:post', { params, body: { messageId: randomUUID(), text: '清楚' } }),
        ...[1, 2, 3].map(() => client.call('reaction:send', { params, body: { kind: 'applause' } })),
      ]),
    );
    const of = (window: Connection) => heard.get(window) ?? [];
    const applause = (window: Connection) =>
      of(window)
        .flatMap(({ reactions = [] }) => reactions)
        .reduce((sum, { count }) => sum + count, 0);
    const isWhole = (window: Connection): boolean =>
      of(window).findLast(({ questions }) => questions?.some((one) => one.questionId === questionId))?.onScreen ===
        null &&
      of(window).findLast(({ waitingCount }) => waitingCount !== undefined)?.waitingCount === PEOPLE &&
      of(window).flatMap(({ chat = [] }) => chat).length === PEOPLE &&
      applause(window) === 3 * PEOPLE;
    await eventually('every window has heard all of it', () => windows.every(isWhole));
    const acts = 1 + place.watchers.length * 7;
    const atMost = Math.floor((performance.now() - fromMs) / TOLD_EVERY_MS) + 2;
    const most = Math.max(...windows.map((window) => of(window).length));
    assert.ok(most <= atMost, `${acts} acts were told in ${most} notices, of which ${atMost} fit into the time`);
    for (const window of windows) window.close();
    const kept = (await place.world.server.database.query(
      `SELECT SUM(reactionCount) AS kept FROM asking_reaction WHERE demonstrationId = '${demonstrationId}'`,
    )) as { kept: number }[];
    assert.equal(kept[0]?.kept, 3 * PEOPLE, 'reactions are kept for the replay');
  });

  it('[AS9] walked at random through questions and hands, leaves every window with what the server has', async () => {
    for (const seed of [1, 2]) await walk(seed);
  });

  interface Model {
    /** By text: who voted, and whether it is hidden. */
    questions: Map<string, { id: string; voters: Set<number>; isHidden: boolean }>;
    hands: { person: number; state: HandState }[];
  }

  async function walk(seed: number): Promise<void> {
    const random = createRandom(seed);
    const demonstrationId = await place.live();
    const params = { demonstrationId };
    const model: Model = { questions: new Map(), hands: [] };
    const clientOf = (person: number) => place.watchers[person]?.client ?? assert.fail();
    const handOf = async (person: number): Promise<string> => {
      const { desk } = await place.read(moderator, demonstrationId);
      const id = place.watchers[person]?.accountId;
      return desk?.hands.find((one) => one.person.accountId === id)?.handId ?? randomUUID();
    };
    const window = await connect(place.world.server.url, clientOf(0).cookie);
    let shown: AskingView = await place.read(clientOf(0), demonstrationId);
    window.socket.on('asking:changed', (change) => {
      shown = applyChange(shown, change);
    });
    await window.request('demonstration:enter', params);

    const steps: Record<string, () => Promise<void>> = {
      async ask() {
        const person = random.below(PEOPLE);
        const question = newQuestion(`问题 ${model.questions.size + 1}`);
        const isTaken = (await outcome(clientOf(person), 'question:ask', params, question)) === '201';
        if (isTaken)
          model.questions.set(question.text, { id: question.questionId, voters: new Set(), isHidden: false });
      },
      async vote() {
        if (model.questions.size === 0) return;
        const question = random.pick([...model.questions.values()]);
        const person = random.below(PEOPLE);
        const isFor = random.below(3) > 0;
        const name = isFor ? 'question:vote' : 'question:unvote';
        const got = await outcome(clientOf(person), name, { ...params, questionId: question.id });
        assert.equal(got, question.isHidden ? 'not-found' : '200', `seed ${seed}`);
        if (!question.isHidden) question.voters[isFor ? 'add' : 'delete'](person);
      },
      async hide() {
        if (model.questions.size === 0) return;
        const question = random.pick([...model.questions.values()]);
        question.isHidden = !question.isHidden;
        const body = { state: question.isHidden ? 'hidden' : 'asked' };
        assert.equal(await outcome(moderator, 'question:mark', { ...params, questionId: question.id }, body), '200');
      },
      async raise() {
        const person = random.below(PEOPLE);
        assert.equal(await outcome(clientOf(person), 'hand:raise', params), '200');
        if (model.hands.every((hand) => hand.person !== person)) model.hands.push({ person, state: 'raised' });
      },
      async lower() {
        const person = random.below(PEOPLE);
        assert.equal(await outcome(clientOf(person), 'hand:lower', params), '200');
        model.hands = model.hands.filter((hand) => hand.person !== person);
      },
      async offer() {
        const hand = model.hands.find(({ state }) => state === 'raised');
        if (!hand) return;
        const ahead = model.hands.filter(({ state }) => state === 'offered').length;
        const got = await outcome(moderator, 'hand:offer', { ...params, handId: await handOf(hand.person) });
        assert.equal(got, ahead < 2 ? '200' : 'conflict/hands-offered', `seed ${seed}`);
        if (ahead < 2) hand.state = 'offered';
      },
      async grant() {
        const hand = model.hands.find(({ state }) => state !== 'granted');
        if (!hand) return;
        assert.equal(await outcome(moderator, 'hand:grant', { ...params, handId: await handOf(hand.person) }), '200');
        hand.state = 'granted';
      },
    };
    for (let turn = 0; turn < 60; turn += 1) {
      // So that nobody is slowed for long.
      place.pass(random.below(4));
      await random.pick(Object.values(steps))();
    }

    const { desk, questions, waitingIds } = await place.read(moderator, demonstrationId);
    assert.ok(desk);
    const expected = [...model.questions].map(([text, { voters, isHidden }]) => `${text} ${voters.size} ${isHidden}`);
    const got = desk.questions.map(({ text, voteCount, state }) => `${text} ${voteCount} ${state === 'hidden'}`);
    assert.deepEqual(got.toSorted(), expected.toSorted(), `seed ${seed}`);
    const accounts = place.watchers.map(({ accountId }) => accountId);
    assert.deepEqual(
      desk.hands.map(({ person, state }) => ({ person: accounts.indexOf(person.accountId), state })),
      model.hands,
      `seed ${seed}: hands keep their order`,
    );
    const common = ({ questions, waitingIds }: Pick<AskingView, 'questions' | 'waitingIds'>) =>
      JSON.stringify([questions.slice(0, 20), waitingIds]);
    await eventually(`seed ${seed}: the window shows what is read`, async () => {
      await pause(TOLD_EVERY_MS / 5);
      return common(shown) === common({ questions, waitingIds });
    });
    window.close();
  }
});
