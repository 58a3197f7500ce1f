import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { applyChange } from '../../../client/asking/fold.ts';
import type { AskingView, RouteName } from '../../../server/contract/index.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { eventually } from '../../support/eventually.ts';
import { type AskingWorld, DATABASES, newQuestion, openAskingWorld, outcome } from './asking-world.ts';

for (const database of DATABASES)
  describe(`asking in a live demonstration, on ${database}`, function () {
    this.timeout(180_000);
    let place: AskingWorld;
    let moderator: Client;
    let deputy: Client;

    before(async () => {
      place = await openAskingWorld(database, 4);
      moderator = place.world.moderator.client;
      deputy = place.world.deputy.client;
    });
    after(() => place?.close());

    const watcher = (index: number) => place.watchers[index]?.client ?? assert.fail(`no watcher ${index}`);
    const ask = (client: Client, demonstrationId: string, text: string, isAnonymous = false) =>
      client.call('question:ask', { params: { demonstrationId }, body: newQuestion(text, isAnonymous) });
    const vote = (client: Client, demonstrationId: string, questionId: string) =>
      client.call('question:vote', { params: { demonstrationId, questionId } });

    it('[AS1] shows a question to its author at once and to everybody, unnamed where it is wanted, named to the desk', async () => {
      const demonstrationId = await place.live();
      const window = await connect(place.world.server.url, watcher(1).cookie);
      await window.request('demonstration:enter', { demonstrationId });
      const own = await ask(watcher(0), demonstrationId, '  段间平面怎样辨认？ ', true);
      const [asked] = own.questions;
      assert.ok(asked);
      assert.deepEqual([asked.text, asked.by, asked.state], ['段间平面怎样辨认？', null, 'asked']);
      const told = await window.next('asking:changed');
      assert.deepEqual(told.questions, [asked]);
      const seen = await place.read(watcher(1), demonstrationId);
      assert.deepEqual([seen.questions, seen.desk, seen.own.questions], [[asked], null, []]);
      const desk = (await place.read(deputy, demonstrationId)).desk ?? assert.fail('the deputy has the desk');
      assert.equal(desk.questions[0]?.author.accountId, place.watchers[0]?.accountId);
      window.close();
    });

    it('[AS1] keeps a question and a line that were sent twice once, and takes nobody’s for another’s', async () => {
      const demonstrationId = await place.live();
      const body = newQuestion('同一个问题');
      const params = { demonstrationId };
      for (const _ of [1, 2]) await watcher(0).call('question:ask', { params, body });
      assert.equal((await place.read(watcher(1), demonstrationId)).questions.length, 1);
      assert.equal(await outcome(watcher(1), 'question:ask', params, body), 'conflict');
      place.pass(11);
      assert.equal(
        await outcome(watcher(0), 'question:ask', { demonstrationId: await place.live() }, body),
        'conflict',
      );
      const line = { messageId: randomUUID(), text: '你好' };
      const lines = [];
      for (const _ of [1, 2]) lines.push(await watcher(0).call('live-chat:post', { params, body: line }));
      assert.deepEqual(lines[0], lines[1]);
      assert.equal(await outcome(watcher(1), 'live-chat:post', params, line), 'conflict');
      assert.equal((await place.read(watcher(1), demonstrationId)).chat.length, 1);
    });

    it('[AS2] takes a question every ten seconds, and lines at the pace of the desk, but for whoever has a seat', async () => {
      const demonstrationId = await place.live();
      const params = { demonstrationId };
      const question = () => outcome(watcher(0), 'question:ask', params, newQuestion('再问'));
      const line = (client: Client) =>
        outcome(client, 'live-chat:post', params, { messageId: randomUUID(), text: '好' });
      assert.deepEqual([await question(), await question()], ['201', 'rate-limited/asked-too-soon']);
      await deputy.call('live-chat:slow', { params, body: { paceS: 30 } });
      assert.deepEqual([await line(watcher(0)), await line(watcher(0))], ['201', 'rate-limited/asked-too-soon']);
      assert.deepEqual([await line(moderator), await line(moderator)], ['201', '201']);
      const { mayAskAt, mayWriteAt } = (await place.read(watcher(0), demonstrationId)).own;
      assert.ok(mayAskAt !== null && mayWriteAt !== null && mayWriteAt > mayAskAt);
      place.pass(11);
      assert.deepEqual([await question(), await line(watcher(0))], ['201', 'rate-limited/asked-too-soon']);
      place.pass(20);
      assert.equal(await line(watcher(0)), '201');
      assert.equal(await outcome(deputy, 'live-chat:slow', params, { paceS: 7 }), 'invalid-message');
    });

    it('[AS3] never names the patient: not in a question, a line or a poll', async () => {
      const demonstrationId = await place.live();
      const params = { demonstrationId };
      const refusals = [
        await outcome(watcher(0), 'question:ask', params, newQuestion('张 建国今天能下床吗？')),
        await outcome(watcher(0), 'live-chat:post', params, { messageId: randomUUID(), text: '张建国加油' }),
        await outcome(moderator, 'poll:open', params, { text: '您认识吗？', options: ['张建国', '不认识'] }),
      ];
      assert.deepEqual(new Set(refusals), new Set(['invalid-message/patient-named']));
    });

    it('[AS4] counts a vote once a person, in whichever window, and tells their other windows', async () => {
      const demonstrationId = await place.live();
      const [asked] = (await ask(watcher(0), demonstrationId, '先结扎哪一支？')).questions;
      assert.ok(asked);
      const { questionId } = asked;
      const other = await connect(place.world.server.url, watcher(1).cookie);
      const once = await Promise.all([1, 2, 3].map(() => vote(watcher(1), demonstrationId, questionId)));
      assert.deepEqual(once[0]?.votedIds, [questionId]);
      assert.deepEqual((await other.next('asking:own-changed')).own.votedIds, [questionId]);
      await vote(watcher(2), demonstrationId, questionId);
      const count = async () => (await place.read(watcher(3), demonstrationId)).questions[0]?.voteCount;
      assert.equal(await count(), 2);
      await watcher(1).call('question:unvote', { params: { demonstrationId, questionId } });
      assert.equal(await count(), 1);
      other.close();
    });

    it('[AS6] is led by moderator and deputy alike: screen, answered, hidden; a hidden one is its author’s and the desk’s', async () => {
      const demonstrationId = await place.live();
      const [one] = (await ask(watcher(0), demonstrationId, '第一问')).questions;
      const [other] = (await ask(watcher(1), demonstrationId, '第二问')).questions;
      assert.ok(one && other);
      const show = (client: Client, questionId: string) =>
        client.call('question:show', { params: { demonstrationId, questionId } });
      const mark = (client: Client, questionId: string, state: string) =>
        outcome(client, 'question:mark', { demonstrationId, questionId }, { state });
      const onScreen = async () => (await place.read(place.world.surgeon, demonstrationId)).onScreen?.text;
      await show(moderator, one.questionId);
      assert.equal(await onScreen(), '第一问');
      await show(deputy, other.questionId);
      assert.equal(await onScreen(), '第二问', 'the deputy goes on where the moderator was');
      assert.equal(await mark(deputy, other.questionId, 'answered'), '200');
      assert.equal(await onScreen(), undefined, 'what is answered leaves the screen');
      assert.equal(await mark(moderator, one.questionId, 'hidden'), '200');
      const texts = async (client: Client) =>
        (await place.read(client, demonstrationId)).questions.map(({ text }) => text);
      assert.deepEqual(await texts(watcher(2)), ['第二问']);
      assert.deepEqual((await place.read(watcher(0), demonstrationId)).own.questions[0]?.state, 'hidden');
      assert.equal((await place.read(moderator, demonstrationId)).desk?.questions.length, 2);
      const params = { demonstrationId, questionId: one.questionId };
      assert.equal(await outcome(watcher(2), 'question:vote', params), 'not-found', 'hidden');
      assert.equal(await outcome(moderator, 'question:show', params), 'conflict/state-not-allowed');
      assert.equal(await mark(moderator, one.questionId, 'asked'), '200');
      assert.deepEqual(await texts(watcher(2)), ['第一问', '第二问']);
    });

    it('[AS5] calls hands up in their order, two ahead, and whoever is next says that they are ready', async () => {
      const demonstrationId = await place.live();
      const params = { demonstrationId };
      for (const index of [0, 1, 2]) {
        await watcher(index).call('hand:raise', { params });
        place.pass(1);
      }
      await watcher(0).call('hand:raise', { params });
      const hands = async () => (await place.read(moderator, demonstrationId)).desk?.hands ?? [];
      const [first, second, third] = await hands();
      assert.ok(first && second && third);
      assert.deepEqual(
        [first, second, third].map(({ person }) => person.accountId),
        place.watchers.slice(0, 3).map(({ accountId }) => accountId),
      );
      assert.deepEqual(
        (await place.read(watcher(3), demonstrationId)).waitingIds,
        [first, second, third].map(({ handId }) => handId),
      );
      const move = (client: Client, name: RouteName, handId: string) => outcome(client, name, { ...params, handId });
      assert.equal(
        await outcome(watcher(0), 'hand:be-ready', params),
        'conflict/state-not-allowed',
        'nobody has called them',
      );
      assert.deepEqual(
        [await move(moderator, 'hand:offer', first.handId), await move(deputy, 'hand:offer', second.handId)],
        ['200', '200'],
      );
      assert.equal(await move(moderator, 'hand:offer', third.handId), 'conflict/hands-offered');
      assert.deepEqual(
        (await hands()).map(({ mayOffer }) => mayOffer),
        [false, false, false],
      );
      assert.equal((await watcher(0).call('hand:be-ready', { params })).hand?.state, 'ready');
      assert.equal(await move(deputy, 'hand:grant', first.handId), '200');
      assert.equal((await place.read(watcher(0), demonstrationId)).own.hand?.state, 'granted');
      assert.equal((await place.read(watcher(0), demonstrationId)).waitingCount, 2, 'who speaks does not wait');
      await watcher(1).call('hand:lower', { params });
      assert.equal(await move(moderator, 'hand:close', first.handId), '200');
      assert.equal(await move(moderator, 'hand:close', first.handId), 'conflict/state-not-allowed');
      assert.deepEqual(
        (await hands()).map(({ handId }) => handId),
        [third.handId],
      );
      for (const step of ['hand:offer', 'hand:grant'] as const)
        assert.equal(await move(moderator, step, third.handId), '200');
      const voices = async () => {
        const { live } = await moderator.call('demonstration:read', { params });
        return live?.voices.map(({ person }) => person.accountId);
      };
      assert.deepEqual(await voices(), [third.person.accountId]);
      await watcher(2).call('hand:lower', { params });
      assert.deepEqual(await voices(), [], 'the word goes with the hand');
      assert.equal(
        await outcome(place.world.expert.client, 'hand:raise', params),
        'forbidden',
        'the stage has its voice',
      );
    });

    it('[AS7] asks for one answer a person, shows the result as it grows, and closes one poll with the next', async () => {
      const demonstrationId = await place.live();
      const params = { demonstrationId };
      await moderator.call('poll:open', { params, body: { text: '入路？', options: ['单孔', '三孔'] } });
      const poll = async () => (await place.read(watcher(3), demonstrationId)).poll ?? assert.fail('no poll');
      const { pollId } = await poll();
      const answer = (index: number, option: number) =>
        outcome(watcher(index), 'poll:answer', { ...params, pollId }, { option });
      await Promise.all([answer(0, 0), answer(0, 1), answer(1, 1)]);
      assert.equal(await answer(0, 1), '200');
      const counted = await poll();
      assert.deepEqual([counted.options.map(({ count }) => count), counted.answeredCount], [[0, 2], 2]);
      assert.deepEqual((await place.read(watcher(0), demonstrationId)).own.pollAnswer, { pollId, option: 1 });
      assert.equal(await answer(2, 2), 'not-found', 'there is no third');
      await deputy.call('poll:open', { params, body: { text: '出血量？', options: ['少', '多'] } });
      assert.equal(await answer(2, 0), 'conflict/state-not-allowed');
      const next = await poll();
      assert.equal(next.text, '出血量？');
      await moderator.call('poll:close', { params: { ...params, pollId: next.pollId } });
      assert.notEqual((await poll()).closedAt, null);
    });

    it('[AS9] leaves a window that only heard the notices with what a new one reads, and goes on after a restart', async () => {
      const demonstrationId = await place.live();
      const params = { demonstrationId };
      let shown: AskingView = await place.read(watcher(3), demonstrationId);
      const window = await connect(place.world.server.url, watcher(3).cookie);
      window.socket.on('asking:changed', (change) => {
        shown = applyChange(shown, change);
      });
      await window.request('demonstration:enter', { demonstrationId });
      const [asked] = (await ask(watcher(0), demonstrationId, '重启之前的问题')).questions;
      assert.ok(asked);
      const { questionId } = asked;
      await Promise.all([
        vote(watcher(1), demonstrationId, questionId),
        ask(watcher(2), demonstrationId, '另一问'),
        watcher(1).call('hand:raise', { params }),
        watcher(0).call('live-chat:post', { params, body: { messageId: randomUUID(), text: '听得清' } }),
        watcher(2).call('reaction:send', { params, body: { kind: 'clear' } }),
        moderator.call('question:show', { params: { demonstrationId, questionId } }),
        moderator.call('poll:open', { params, body: { text: '入路？', options: ['单孔', '三孔'] } }),
        moderator.call('live-chat:slow', { params, body: { paceS: 10 } }),
      ]);
      const common = ({ questions, onScreen, poll, waitingIds, waitingCount, paceS, chat }: AskingView) =>
        JSON.stringify({ questions, onScreen, poll, waitingIds, waitingCount, paceS, chat });
      const read = await place.read(watcher(3), demonstrationId);
      assert.deepEqual([read.questions.length, read.waitingCount, read.chat.length, read.paceS], [2, 1, 1, 10]);
      await eventually('the window shows what is read', () => common(shown) === common(read));
      window.close();

      const there = await place.restart();
      const again = there(watcher(3));
      assert.equal(common(await place.read(again, demonstrationId)), common(read), 'nothing was lost');
      assert.equal((await place.read(there(moderator), demonstrationId)).desk?.hands.length, 1);
      assert.equal(
        await outcome(there(watcher(0)), 'question:ask', params, newQuestion('马上再问')),
        'rate-limited/asked-too-soon',
        'another server counts on',
      );
    });
  });
