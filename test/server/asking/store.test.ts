import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { raised } from '../../../server/asking/hand.ts';
import type { StoredQuestion } from '../../../server/asking/store.ts';
import type { Database } from '../../../server/database/database.ts';
import { Asking1700000000206 } from '../../../server/database/migrations/0206-asking.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { planned } from '../../../server/demonstrations/demonstration.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const AT = new Date('2026-12-01T01:00:00.000Z');
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const NOW = AT.toISOString();

eachDatabase('what is asked in demonstrations', (open, newUrl) => {
  const home = randomUUID();

  async function place(database: Database): Promise<string> {
    const demonstrationId = randomUUID();
    await database.write(async ({ facilities, demonstrations }) => {
      if (!(await facilities.find(home)))
        await facilities.insert({ facilityId: home, name: '医院', tier: 'county', region6: '230125', changedAt: NOW });
      await demonstrations.insert(
        planned({ demonstrationId, facilityId: home, surgeonId: randomUUID(), createdBy: randomUUID() }, AT),
      );
    });
    return demonstrationId;
  }
  const question = (demonstrationId: string, changes: Partial<StoredQuestion> = {}): StoredQuestion => ({
    questionId: randomUUID(),
    demonstrationId,
    authorId: randomUUID(),
    facilityId: home,
    isAnonymous: false,
    text: '段间平面 "怎样" 辨认？\n𠮷',
    state: 'asked',
    askedAt: NOW,
    markedAt: null,
    ...changes,
  });

  it('are counted by people, and listed with the most votes first, then the earliest', async () => {
    const database = await open();
    const demonstrationId = await place(database);
    const [early, late, hidden] = [
      question(demonstrationId, { isAnonymous: true }),
      question(demonstrationId, { askedAt: later(1).toISOString() }),
      question(demonstrationId, { askedAt: later(2).toISOString() }),
    ];
    const elsewhere = question(await place(database));
    const person = randomUUID();
    const votes = await database.write(async ({ asking }) => {
      for (const one of [early, late, hidden, elsewhere]) await asking.insertQuestion(one);
      await asking.markQuestion(hidden.questionId, 'hidden', later(3));
      const vote = { demonstrationId, questionId: late.questionId, accountId: person };
      return [
        await asking.putVote(vote, AT),
        await asking.putVote(vote, AT),
        await asking.putVote({ ...vote, accountId: randomUUID() }, AT),
        await asking.deleteVote(early.questionId, person),
      ];
    });
    assert.deepEqual(votes, [true, false, true, false]);
    const { asking } = database.read;
    const shown = await asking.listQuestions(demonstrationId, { states: ['asked', 'answered'], limit: 20 });
    assert.deepEqual(shown, [
      { ...late, voteCount: 2 },
      { ...early, voteCount: 0 },
    ]);
    assert.equal((await asking.listQuestions(demonstrationId, { states: ['asked'], limit: 1 })).length, 1);
    const marked = { ...hidden, state: 'hidden' as const, markedAt: later(3).toISOString(), voteCount: 0 };
    assert.deepEqual(await asking.findQuestions(demonstrationId, [hidden.questionId, elsewhere.questionId]), [marked]);
    assert.deepEqual(await asking.listQuestionsOf(demonstrationId, hidden.authorId, 5), [marked]);
    assert.deepEqual(await asking.listVoted(demonstrationId, person), [late.questionId]);
    await database.write((stores) => stores.asking.deleteVote(late.questionId, person));
    assert.equal((await asking.findQuestions(demonstrationId, [late.questionId]))[0]?.voteCount, 1);
  });

  it('stand on the screen one at a time', async () => {
    const database = await open();
    const demonstrationId = await place(database);
    const [one, other] = [question(demonstrationId), question(demonstrationId)];
    await database.write(async ({ asking }) => {
      for (const each of [one, other]) await asking.insertQuestion(each);
      await asking.putOnScreen(demonstrationId, one.questionId, AT);
      await asking.putOnScreen(demonstrationId, other.questionId, later(1));
    });
    const { asking } = database.read;
    assert.equal(await asking.findOnScreen(demonstrationId), other.questionId);
    await database.write((stores) => stores.asking.putOnScreen(demonstrationId, null, later(2)));
    assert.equal(await asking.findOnScreen(demonstrationId), undefined);
  });

  it('keep hands in the order in which they were raised, one open hand a person', async () => {
    const database = await open();
    const demonstrationId = await place(database);
    const of = (accountId: string, at: Date) =>
      raised({ handId: randomUUID(), demonstrationId, accountId, facilityId: home }, at);
    const [first, second] = [of(randomUUID(), AT), of(randomUUID(), later(1))];
    await database.write(async ({ asking }) => {
      for (const hand of [second, first]) await asking.insertHand(hand);
    });
    const { asking } = database.read;
    assert.deepEqual(await asking.listOpenHands(demonstrationId), [first, second]);
    const over = { ...first, state: 'over' as const, overAt: later(2).toISOString() };
    await database.write((stores) => stores.asking.replaceHand(over));
    assert.deepEqual(await asking.listOpenHands(demonstrationId), [second]);
    assert.equal(await asking.findOpenHand(demonstrationId, first.accountId), undefined);
    assert.deepEqual(await asking.findHand(demonstrationId, first.handId), over);
  });

  it('count one answer a person, the last', async () => {
    const database = await open();
    const demonstrationId = await place(database);
    const poll = {
      pollId: randomUUID(),
      demonstrationId,
      text: '入路？',
      options: ['单孔', '三孔'],
      openedAt: NOW,
      closedAt: null,
    };
    const person = randomUUID();
    await database.write(async ({ asking }) => {
      await asking.insertPoll(poll);
      for (const option of [0, 1]) await asking.putAnswer({ pollId: poll.pollId, accountId: person, option }, AT);
      await asking.putAnswer({ pollId: poll.pollId, accountId: randomUUID(), option: 1 }, AT);
    });
    const { asking } = database.read;
    assert.deepEqual([...(await asking.countAnswers(poll.pollId))], [[1, 2]]);
    assert.equal(await asking.findAnswer(poll.pollId, person), 1);
    assert.deepEqual(await asking.findLatestPoll(demonstrationId), poll);
    await database.write((stores) => stores.asking.closePolls(demonstrationId, later(1)));
    const closed = { ...poll, closedAt: later(1).toISOString() };
    assert.deepEqual(await asking.findPoll(demonstrationId, poll.pollId), closed);
  });

  it('keep the conversation in order, its pace and its reactions', async () => {
    const database = await open();
    const demonstrationId = await place(database);
    const line = (text: string, at: Date) => ({
      demonstrationId,
      messageId: randomUUID(),
      authorId: randomUUID(),
      facilityId: home,
      isStaff: false,
      text,
      at: at.toISOString(),
      removedAt: null,
    });
    const [one, two, three] = [line('一', AT), line('二', later(1)), line('三', later(2))];
    const kept = await database.write(async ({ asking }) => {
      const lines = [];
      for (const each of [one, two, three]) lines.push(await asking.appendLine(each));
      await asking.removeLine(demonstrationId, two.messageId, later(3));
      await asking.insertReactions(demonstrationId, [{ kind: 'applause', count: 12 }], AT);
      for (const paceS of [10, 30]) await asking.putPace(demonstrationId, paceS, AT);
      return lines;
    });
    assert.deepEqual(
      kept.map(({ sequence }) => sequence),
      [1, 2, 3],
    );
    const { asking } = database.read;
    assert.deepEqual(await asking.listLines(demonstrationId, 5), [kept[0], kept[2]]);
    assert.deepEqual(await asking.listLines(demonstrationId, 1), [kept[2]], 'the latest');
    assert.equal(await asking.findLastWritten(demonstrationId, two.authorId), two.at);
    assert.equal(await asking.findPace(demonstrationId), 30);
    assert.equal(await asking.findPace(randomUUID()), undefined);
  });

  it('go with the step back to the version before, and the demonstration stays', async () => {
    const url = await newUrl();
    const first = await open(url);
    const demonstrationId = await place(first);
    const asked = question(demonstrationId);
    await first.write(async ({ asking }) => {
      await asking.insertQuestion(asked);
      await asking.putVote({ demonstrationId, questionId: asked.questionId, accountId: randomUUID() }, AT);
      await asking.putOnScreen(demonstrationId, asked.questionId, AT);
    });
    const source = await openOlderDatabase(url, migrations);
    for (let left = migrations.length - migrations.indexOf(Asking1700000000206); left > 0; left -= 1)
      await source.undoLastMigration();
    await assert.rejects(source.query('SELECT * FROM asking_question'));
    await source.destroy();
    const again = await open(url);
    assert.ok(await again.read.demonstrations.find(demonstrationId));
    assert.deepEqual(await again.read.asking.findQuestions(demonstrationId, [asked.questionId]), []);
    await again.write(({ asking }) => asking.insertQuestion(asked));
  });
});
