import assert from 'node:assert/strict';
import { Failure } from '../../../server/contract/index.ts';
import {
  ANSWER_MS,
  answered,
  asked,
  EMPTY_STAGE,
  entered,
  GRACE_MS,
  left,
  type Stage,
  settled,
  type Window,
} from '../../../server/review/stage.ts';
import { createRandom } from '../../support/random.ts';

const start = Date.parse('2026-01-02T03:04:05.000Z');
const later = (ms: number): Date => new Date(start + ms);
const at = later(0);
const li: Window = { accountId: 'li', name: '李春梅', peerId: 'li-1' };
const liAgain: Window = { ...li, peerId: 'li-2' };
const chen: Window = { accountId: 'chen', name: '陈致远', peerId: 'chen-1' };
const wang: Window = { accountId: 'wang', name: '王若兰', peerId: 'wang-1' };
const presenting = (who: Window): Stage => asked(EMPTY_STAGE, who, at).stage;

describe('who presents', () => {
  it('[RV3] is whoever asks where nobody does, and the same person in another window', () => {
    assert.equal(asked(EMPTY_STAGE, li, at).outcome, 'granted');
    const again = asked(presenting(li), liAgain, at);
    assert.equal(again.outcome, 'granted');
    assert.equal(again.stage.presenter?.peerId, 'li-2');
  });

  it('[RV4] changes when the presenter hands over, and does not when they refuse', () => {
    const question = asked(presenting(li), chen, at);
    assert.equal(question.outcome, 'asked');
    assert.equal(answered(question.stage, 'li', 'chen', true, at).presenter?.peerId, 'chen-1');
    const refused = answered(question.stage, 'li', 'chen', false, at);
    assert.equal(refused.presenter?.accountId, 'li');
    assert.equal(refused.ask, null);
  });

  it('[RV4] changes after ten seconds without an answer, not a moment before', () => {
    const { stage } = asked(presenting(li), chen, at);
    assert.equal(settled(stage, later(ANSWER_MS - 1)).presenter?.accountId, 'li');
    assert.equal(settled(stage, later(ANSWER_MS)).presenter?.accountId, 'chen');
  });

  it('[RV4] is decided one question at a time, and by the presenter alone', () => {
    const { stage } = asked(presenting(li), chen, at);
    assert.equal(asked(stage, wang, at).outcome, 'refused');
    assert.throws(
      () => answered(stage, 'wang', 'chen', true, at),
      (thrown) => thrown instanceof Failure && thrown.code === 'forbidden',
    );
    assert.deepEqual(answered(stage, 'li', 'wang', true, at), stage, 'an answer to a question that nobody asked');
  });

  it('[RV5] keeps the role through a short loss of the line, in whichever window comes back', () => {
    const lost = left(presenting(li), 'li-1', false, at);
    assert.equal(lost.presenter?.accountId, 'li');
    assert.equal(lost.presenter?.peerId, null);
    const back = entered(lost, liAgain, later(GRACE_MS - 1));
    assert.equal(back.presenter?.peerId, 'li-2');
    assert.deepEqual(settled(back, later(60_000)), back);
  });

  it('[RV5] loses it after five seconds, to whoever has asked or to nobody', () => {
    const lost = left(presenting(li), 'li-1', false, at);
    assert.equal(settled(lost, later(GRACE_MS - 1)).presenter?.accountId, 'li');
    assert.equal(settled(lost, later(GRACE_MS)).presenter, null);
    const wanted = asked(lost, chen, later(1000)).stage;
    assert.equal(settled(wanted, later(GRACE_MS)).presenter?.accountId, 'chen');
    assert.equal(entered(lost, liAgain, later(GRACE_MS)).presenter, null, 'too late');
  });

  it('[RV5] gives it up at once by closing the review', () => {
    assert.equal(left(presenting(li), 'li-1', true, at).presenter, null);
    const wanted = asked(presenting(li), chen, at).stage;
    assert.equal(left(wanted, 'li-1', true, at).presenter?.accountId, 'chen');
    assert.equal(left(wanted, 'chen-1', true, at).ask, null, 'whoever asked has gone');
    assert.deepEqual(left(wanted, 'wang-1', true, at), wanted, 'a follower goes');
  });

  it('is one person or nobody whatever happens in whatever order, and no question stays open for ever', () => {
    const people = [li, liAgain, chen, wang];
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = createRandom(seed);
      let stage = EMPTY_STAGE;
      let ms = 0;
      for (let count = 0; count < 60; count += 1) {
        ms += random.below(4000);
        const who = random.pick(people);
        const before = structuredClone(stage);
        const [event, next] = random.pick([
          ['asks', () => asked(stage, who, later(ms)).stage],
          ['enters', () => entered(stage, who, later(ms))],
          ['is lost', () => left(stage, who.peerId, false, later(ms))],
          ['closes', () => left(stage, who.peerId, true, later(ms))],
          [
            'answers',
            () =>
              stage.presenter && stage.ask
                ? answered(stage, stage.presenter.accountId, stage.ask.accountId, random.next() < 0.5, later(ms))
                : stage,
          ],
          ['waits', () => settled(stage, later(ms))],
        ] as const);
        const result = next();
        const story = `seed ${seed}, step ${count}: ${who.peerId} ${event}`;
        assert.deepEqual(stage, before, `${story}: the given value was changed`);
        stage = result;
        assert.ok(!stage.ask || stage.presenter, `${story}: a question without anybody to answer it`);
        assert.equal(stage.goneAt !== null, stage.presenter !== null && stage.presenter.peerId === null, story);
        assert.notEqual(stage.ask?.accountId ?? 'nobody', stage.presenter?.accountId, `${story}: asks oneself`);
        const end = settled(stage, later(ms + ANSWER_MS));
        assert.equal(end.ask, null, `${story}: a question is open after ten seconds`);
        assert.notEqual(end.presenter?.peerId, null, `${story}: gone and still presenting after ten seconds`);
      }
    }
  });
});
