import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Autosave } from '../../../client/drafts/autosave.ts';
import { seeded } from '../../support/upload-world.ts';
import { ask, createDesk, type Draft, EMPTY, savedByItself } from './drafts-world.ts';

describe('one draft in two windows', () => {
  async function twoWindows() {
    const world = createDesk();
    const here = await world.open();
    const there = await world.open();
    return { ...world, here, there };
  }

  it('different fields are put together without a question', async () => {
    const { here, there, stored } = await twoWindows();
    there.change({ ...EMPTY, patient: { name: '张三', phone: '' } });
    await there.flush();
    here.change({ question: 'cough', patient: { name: '', phone: '13800000000' } });
    assert.equal(await here.flush(), true);
    assert.deepEqual(stored().value, { question: 'cough', patient: { name: '张三', phone: '13800000000' } });
  });

  it('the same field is asked about, and either answer keeps the rest', async () => {
    for (const choice of ['mine', 'theirs'] as const) {
      const { here, there, stored } = await twoWindows();
      there.change({ question: 'fever', patient: { name: '张三', phone: '' } });
      await there.flush();
      here.change({ question: 'cough', patient: { name: '', phone: '13800000000' } });
      assert.equal(await here.flush(), false);
      assert.deepEqual(here.snapshot.state.kind === 'conflict' && here.snapshot.state.fields, ['question']);
      assert.equal(stored().value.question, 'fever', 'nothing is overwritten before the person has chosen');
      here.settle(() => choice);
      assert.equal(await here.flush(), true);
      assert.deepEqual(stored().value, {
        question: choice === 'mine' ? 'cough' : 'fever',
        patient: { name: '张三', phone: '13800000000' },
      });
    }
  });

  it('of several such fields each is answered by itself', async () => {
    const { here, there, stored } = await twoWindows();
    there.change({ question: 'fever', patient: { name: '张三', phone: '139' } });
    await there.flush();
    here.change({ question: 'cough', patient: { name: '张珊', phone: '' } });
    assert.equal(await here.flush(), false);
    here.settle((path) => (path === 'question' ? 'theirs' : 'mine'));
    assert.equal(await here.flush(), true);
    assert.deepEqual(stored().value, { question: 'fever', patient: { name: '张珊', phone: '139' } });
  });

  it('text that waits behind a question outlives the other window’s saves, and the window itself', async () => {
    const { open, here, there, stored } = await twoWindows();
    there.change(ask('fever'));
    await there.flush();
    here.change(ask('cough for three weeks'));
    assert.equal(await here.flush(), false, 'both changed the question');
    there.change(ask('fever and chills'));
    await there.flush();
    there.crash();
    here.crash();
    const again = await open();
    assert.equal(again.snapshot.state.kind, 'conflict', 'the question is asked again');
    assert.equal(again.snapshot.value.question, 'cough for three weeks');
    again.settle(() => 'mine');
    await again.flush();
    assert.equal(stored().value.question, 'cough for three weeks');
  });

  it('what is typed while the question is open is asked about as well, where the other window changed it too', async () => {
    const { here, there, stored } = await twoWindows();
    there.change({ question: 'fever', patient: { name: '张三', phone: '' } });
    await there.flush();
    here.change(ask('cough'));
    await here.flush();
    here.change({ question: 'cough', patient: { name: '张珊', phone: '138' } });
    const { state } = here.snapshot;
    assert.deepEqual(state.kind === 'conflict' && state.fields, ['question', 'patient.name']);
    here.settle(() => 'mine');
    await here.flush();
    assert.deepEqual(stored().value, { question: 'cough', patient: { name: '张珊', phone: '138' } });
  });

  it('text typed while the line was down outlives the other window’s saves', async () => {
    const { desk, open, here, there, stored, kept } = await twoWindows();
    desk.lineIsUp = false;
    here.change(ask('cough'));
    await here.flush();
    await turn();
    here.crash();
    desk.lineIsUp = true;
    there.change({ ...there.snapshot.value, patient: { name: '张三', phone: '' } });
    await there.flush();
    const again = await open();
    await again.flush();
    assert.deepEqual(stored().value, { question: 'cough', patient: { name: '张三', phone: '' } });
    await turn();
    assert.equal(kept(), 0);
  });

  it('a window that stays takes up what the other had not saved when it closed', async () => {
    const { desk, here, there, stored, kept } = await twoWindows();
    desk.lineIsUp = false;
    here.change(ask('cough'));
    await here.flush();
    desk.lineIsUp = true;
    there.change({ ...EMPTY, patient: { name: '张三', phone: '' } });
    here.crash();
    await there.flush();
    for (let turns = 0; turns < 20; turns += 1) await turn();
    await there.flush();
    assert.deepEqual(stored().value, { question: 'cough', patient: { name: '张三', phone: '' } });
    assert.equal(kept(), 0);
  });

  it('an open window’s copy is not another’s to take', async () => {
    const { desk, open, here, stored, kept } = await twoWindows();
    desk.lineIsUp = false;
    here.change(ask('cough'));
    await here.flush();
    const third = await open();
    assert.equal(third.snapshot.value.question, '', 'it is still being typed there');
    await turn();
    assert.equal(kept(), 1);
    desk.lineIsUp = true;
    await savedByItself(here);
    assert.equal(stored().value.question, 'cough');
  });

  for (let seed = 1; seed <= 40; seed += 1) {
    it(`keeps every field that was typed, and ends alike, whatever lines and windows do (seed ${seed})`, async () => {
      const random = seeded(seed);
      const { desk, open, stored, kept } = createDesk(random);
      const windows = [await open(), await open()];
      /** Each window types into a field of its own: whatever happens, the last of it must arrive. */
      const typed = { question: '', name: '' };
      /** Given up knowingly, in a question about two fields at once of which each side has one newest. */
      const givenUp = new Set<keyof typeof typed>();
      const choose = (draft: Autosave<Draft>) => {
        const { state, value } = draft.snapshot;
        if (state.kind !== 'conflict') return;
        const asked = state.fields.map((field) => (field === 'question' ? field : 'name'));
        const has = (side: Draft, field: keyof typeof typed) =>
          (field === 'question' ? side.question : side.patient.name) === typed[field];
        const isMine = asked.some((field) => has(value, field));
        for (const field of asked) if (isMine && !has(value, field)) givenUp.add(field);
        draft.settle(() => (isMine ? 'mine' : 'theirs'));
      };
      for (let step = 0; step < 60; step += 1) {
        desk.lineIsUp = random() < 0.7;
        desk.answersAreLost = random() < 0.2;
        const at = Math.floor(random() * 2);
        const draft = windows[at];
        if (!draft) continue;
        // Nobody goes on typing before the question is answered.
        choose(draft);
        const { value } = draft.snapshot;
        const what = random();
        if (what < 0.5 && at === 0) {
          typed.question = `q${step}`;
          draft.change({ ...value, question: typed.question });
        } else if (what < 0.5) {
          typed.name = `n${step}`;
          draft.change({ ...value, patient: { ...value.patient, name: typed.name } });
        } else if (what < 0.6) void draft.flush();
        else if (what < 0.75) {
          // The copy is written a moment after the key was pressed.
          await turn();
          draft.crash();
          windows[at] = await open();
        }
        await turn();
      }
      desk.lineIsUp = true;
      desk.answersAreLost = false;
      for (let round = 0; round < 5; round += 1)
        for (const draft of windows) {
          while (!(await draft.flush())) choose(draft);
          draft.meet(stored());
          await draft.flush();
        }
      for (const draft of windows) assert.deepEqual(draft.snapshot.value, stored().value);
      if (!givenUp.has('question')) assert.equal(stored().value.question, typed.question);
      if (!givenUp.has('name')) assert.equal(stored().value.patient.name, typed.name);
      await turn();
      assert.equal(kept(), 0, 'once all is saved no copy stays');
    });
  }
});
