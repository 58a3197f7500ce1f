import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Autosave } from '../../../client/drafts/autosave.ts';
import { Failure } from '../../../server/contract/failure.ts';
import { ask, createDesk, type Draft, EMPTY, savedByItself } from './drafts-world.ts';

describe('saving while typing', () => {
  it('sends what was typed last, one request at a time', async () => {
    const { desk, open, stored } = createDesk();
    const draft = await open();
    for (const text of ['c', 'co', 'cou', 'cough']) {
      draft.change(ask(text));
      await turn();
    }
    assert.equal(await draft.flush(), true);
    assert.equal(stored().value.question, 'cough');
    assert.equal(desk.mostUnderWay, 1);
    assert.ok(desk.requests < 5);
  });

  it('says that nothing is saved while the line is down, and saves by itself when it is back', async () => {
    const { desk, open, stored } = createDesk();
    const draft = await open();
    desk.lineIsUp = false;
    draft.change(ask('cough'));
    assert.equal(await draft.flush(), false);
    assert.equal(draft.snapshot.state.kind, 'retrying');
    assert.equal(stored().value.question, '');
    desk.lineIsUp = true;
    await savedByItself(draft);
    assert.equal(stored().value.question, 'cough');
  });

  it('loses nothing when the page is gone before the line is back', async () => {
    const { desk, open, stored, kept } = createDesk();
    const first = await open();
    desk.lineIsUp = false;
    first.change(ask('cough for three weeks'));
    await turn();
    first.crash();
    desk.lineIsUp = true;
    const second = await open();
    assert.equal(second.snapshot.value.question, 'cough for three weeks');
    assert.equal(await second.flush(), true);
    assert.equal(stored().value.question, 'cough for three weeks');
    await turn();
    assert.equal(kept(), 0, 'no copy of the patient stays in the browser');
  });

  it('leaves nothing in the browser of what was on its way there when the person gave it up', async () => {
    const { desk, open, giveUp, kept } = createDesk();
    const draft = await open();
    desk.lineIsUp = false;
    draft.change(ask('cough'));
    giveUp();
    draft.endSession();
    for (let turns = 0; turns < 20; turns += 1) await turn();
    assert.equal(kept(), 0);
  });

  it('keeps what is typed after the session has ended, while the page still goes away, and sends none of it', async () => {
    const { desk, open, stored, kept } = createDesk();
    const first = await open();
    first.change(ask('cough'));
    first.endSession();
    first.change(ask('cough for three weeks'));
    while (kept() === 0) await turn();
    assert.equal(await first.flush(), false);
    assert.equal(desk.requests, 0);
    first.crash();
    const again = await open();
    assert.equal(await again.flush(), true);
    assert.equal(stored().value.question, 'cough for three weeks');
  });

  it('a save that is answered after the session has ended touches nothing that a later one typed', async () => {
    const { desk, open, kept } = createDesk();
    const first = await open();
    first.change(ask('cough'));
    while (desk.underWay === 0) await turn();
    first.endSession();
    while (desk.underWay > 0) await turn();
    for (let turns = 0; turns < 5; turns += 1) await turn();
    assert.equal(kept(), 1, 'it waits for its author, who merges it with what the server has');
  });

  it('a save whose answer was lost does not count as somebody else’s change', async () => {
    const { desk, open, stored } = createDesk();
    const draft = await open();
    desk.answersAreLost = true;
    draft.change(ask('cough'));
    assert.equal(await draft.flush(), false);
    desk.answersAreLost = false;
    draft.change(ask('cough and fever'));
    await savedByItself(draft);
    assert.equal(stored().value.question, 'cough and fever');
  });

  it('stops and says why where the server will not have it, and tries again once something is changed', async () => {
    const failure = new Failure('forbidden', 'not yours');
    const refusing = new Autosave<Draft>({
      initial: { value: EMPTY, version: 1, savedAt: null },
      save: async (value) => {
        if (value.question === 'no') throw failure;
        return { value, version: 2, savedAt: null };
      },
      read: async () => ({ value: EMPTY, version: 1, savedAt: null }),
      local: { keep: async () => true, clear: () => {}, takeOver: async () => [], onLeft: () => {} },
      wait: async () => {
        await turn();
      },
    });
    refusing.change(ask('no'));
    assert.equal(await refusing.flush(), false);
    assert.deepEqual(refusing.snapshot.state, { kind: 'refused', failure });
    refusing.change(ask('yes'));
    assert.equal(await refusing.flush(), true);
  });
});
