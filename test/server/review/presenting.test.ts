import assert from 'node:assert/strict';
import { Failure } from '../../../server/contract/index.ts';
import {
  ANSWER_MS,
  answered,
  asked,
  entered,
  GRACE_MS,
  left,
  NOBODY_PRESENTS,
  type Presenting,
  settled,
  type Window,
} from '../../../server/review/presenting.ts';
import { createRandom } from '../../support/random.ts';

const start = Date.parse('2026-01-02T03:04:05.000Z');
const later = (ms: number): Date => new Date(start + ms);
const at = later(0);
const li: Window = { accountId: 'li', name: '李春梅', peerId: 'li-1' };
const liAgain: Window = { ...li, peerId: 'li-2' };
const chen: Window = { accountId: 'chen', name: '陈致远', peerId: 'chen-1' };
const wang: Window = { accountId: 'wang', name: '王若兰', peerId: 'wang-1' };
const presentedBy = (who: Window): Presenting => asked(NOBODY_PRESENTS, who, at).presenting;

describe('who presents', () => {
  it('[RV3] is whoever asks where nobody does, and the same person in another window', () => {
    assert.equal(asked(NOBODY_PRESENTS, li, at).outcome, 'granted');
    const again = asked(presentedBy(li), liAgain, at);
    assert.equal(again.outcome, 'granted');
    assert.equal(again.presenting.presenter?.peerId, 'li-2');
  });

  it('[RV4] changes when the presenter hands over, and does not when they refuse', () => {
    const question = asked(presentedBy(li), chen, at);
    assert.equal(question.outcome, 'asked');
    assert.equal(answered(question.presenting, 'li', 'chen', true, at).presenter?.peerId, 'chen-1');
    const refused = answered(question.presenting, 'li', 'chen', false, at);
    assert.equal(refused.presenter?.accountId, 'li');
    assert.equal(refused.ask, null);
  });

  it('[RV4] changes after ten seconds without an answer, not a moment before', () => {
    const { presenting } = asked(presentedBy(li), chen, at);
    assert.equal(settled(presenting, later(ANSWER_MS - 1)).presenter?.accountId, 'li');
    assert.equal(settled(presenting, later(ANSWER_MS)).presenter?.accountId, 'chen');
  });

  it('[RV4] is decided one question at a time, and by the presenter alone', () => {
    const { presenting } = asked(presentedBy(li), chen, at);
    assert.equal(asked(presenting, wang, at).outcome, 'refused');
    assert.throws(
      () => answered(presenting, 'wang', 'chen', true, at),
      (thrown) => thrown instanceof Failure && thrown.code === 'forbidden',
    );
    assert.deepEqual(
      answered(presenting, 'li', 'wang', true, at),
      presenting,
      'an answer to a question that nobody asked',
    );
  });

  it('[RV5] keeps the role through a short loss of the line, in whichever window comes back', () => {
    const lost = left(presentedBy(li), 'li-1', false, at);
    assert.equal(lost.presenter?.accountId, 'li');
    assert.equal(lost.presenter?.peerId, null);
    const back = entered(lost, liAgain, later(GRACE_MS - 1));
    assert.equal(back.presenter?.peerId, 'li-2');
    assert.deepEqual(settled(back, later(60_000)), back);
  });

  it('[RV5] loses it after five seconds, to whoever has asked or to nobody', () => {
    const lost = left(presentedBy(li), 'li-1', false, at);
    assert.equal(settled(lost, later(GRACE_MS - 1)).presenter?.accountId, 'li');
    assert.equal(settled(lost, later(GRACE_MS)).presenter, null);
    const wanted = asked(lost, chen, later(1000)).presenting;
    assert.equal(settled(wanted, later(GRACE_MS)).presenter?.accountId, 'chen');
    assert.equal(entered(lost, liAgain, later(GRACE_MS)).presenter, null, 'too late');
  });

  it('[RV5] gives it up at once by closing the review', () => {
    assert.equal(left(presentedBy(li), 'li-1', true, at).presenter, null);
    const wanted = asked(presentedBy(li), chen, at).presenting;
    assert.equal(left(wanted, 'li-1', true, at).presenter?.accountId, 'chen');
    assert.equal(left(wanted, 'chen-1', true, at).ask, null, 'whoever asked has gone');
    assert.deepEqual(left(wanted, 'wang-1', true, at), wanted, 'a follower goes');
  });

  it('is one person or nobody whatever happens in whatever order, and no question stays open for ever', () => {
    const people = [li, liAgain, chen, wang];
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = createRandom(seed);
      let presenting = NOBODY_PRESENTS;
      let ms = 0;
      for (let count = 0; count < 60; count += 1) {
        ms += random.below(4000);
        const who = random.pick(people);
        const before = structuredClone(presenting);
        const [event, next] = random.pick([
          ['asks', () => asked(presenting, who, later(ms)).presenting],
          ['enters', () => entered(presenting, who, later(ms))],
          ['is lost', () => left(presenting, who.peerId, false, later(ms))],
          ['closes', () => left(presenting, who.peerId, true, later(ms))],
          [
            'answers',
            () =>
              presenting.presenter && presenting.ask
                ? answered(
                    presenting,
                    presenting.presenter.accountId,
                    presenting.ask.accountId,
                    random.next() < 0.5,
                    later(ms),
                  )
                : presenting,
          ],
          ['waits', () => settled(presenting, later(ms))],
        ] as const);
        const result = next();
        const story = `seed ${seed}, step ${count}: ${who.peerId} ${event}`;
        assert.deepEqual(presenting, before, `${story}: the given value was changed`);
        presenting = result;
        assert.ok(!presenting.ask || presenting.presenter, `${story}: a question without anybody to answer it`);
        assert.equal(
          presenting.goneAt !== null,
          presenting.presenter !== null && presenting.presenter.peerId === null,
          story,
        );
        assert.notEqual(
          presenting.ask?.accountId ?? 'nobody',
          presenting.presenter?.accountId,
          `${story}: asks oneself`,
        );
        const end = settled(presenting, later(ms + ANSWER_MS));
        assert.equal(end.ask, null, `${story}: a question is open after ten seconds`);
        assert.notEqual(end.presenter?.peerId, null, `${story}: gone and still presenting after ten seconds`);
      }
    }
  });
});
