import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Autosave, type AutosaveParts } from '../../client/drafts/autosave.ts';
import { localCopy } from '../../client/drafts/local-copy.ts';
import { mergeDrafts } from '../../client/drafts/merge.ts';
import { Failure } from '../../server/contract/failure.ts';
import { createBrowserStore, plainSeal } from '../support/browser-store.ts';
import { seeded } from './upload-world.ts';

interface Draft {
  patient: { name: string; phone: string };
  question: string;
}

const EMPTY: Draft = { patient: { name: '', phone: '' }, question: '' };
const ask = (question: string): Draft => ({ ...EMPTY, question });

/** The server's side of a draft behind a line that can be cut, and the browser's store. */
function createDesk(random: () => number = () => 0.5) {
  let stored = { value: EMPTY, version: 1, savedAt: null as string | null };
  const browser = createBrowserStore();
  const desk = { lineIsUp: true, answersAreLost: false, requests: 0, underWay: 0, mostUnderWay: 0 };

  async function exchange<T>(work: () => T): Promise<T> {
    desk.requests += 1;
    desk.underWay += 1;
    desk.mostUnderWay = Math.max(desk.mostUnderWay, desk.underWay);
    for (let turns = Math.floor(random() * 4); turns >= 0; turns -= 1) await turn();
    desk.underWay -= 1;
    if (!desk.lineIsUp) throw new Failure('unavailable', 'the line is down');
    const result = work();
    if (desk.answersAreLost) throw new Failure('unavailable', 'the answer was lost');
    return result;
  }

  /** A window of the one browser, with the draft open in it. `crash` ends it as a power cut does. */
  const open = async (): Promise<Autosave<Draft> & { crash(): void }> => {
    const safe = browser.openWindow('somebody', plainSeal);
    const local = localCopy(
      safe,
      { kind: 'application', consultationId: 'case', caseNumber: 'HZ-1' },
      (found) => found as Draft,
    );
    const parts: AutosaveParts<Draft> = {
      initial: stored,
      save: (value, version) =>
        exchange(() => {
          if (version !== stored.version) throw new Failure('conflict', 'outdated', { reason: 'version-outdated' });
          stored = { value, version: version + 1, savedAt: '2025-01-01T00:00:00.000Z' };
          return stored;
        }),
      read: () => exchange(() => stored),
      local,
      left: await local.takeOver(),
      wait: async (_, signal) => {
        for (let turns = Math.floor(random() * 3); turns >= 0; turns -= 1) await turn();
        signal.throwIfAborted();
      },
    };
    const draft = new Autosave(parts);
    return Object.assign(draft, {
      crash() {
        draft.close();
        safe.end();
      },
    });
  };
  return { desk, open, stored: () => stored, kept: () => Object.keys(browser.storage).length };
}

async function savedByItself(draft: Autosave<Draft>): Promise<void> {
  while (draft.snapshot.state.kind !== 'saved') await turn();
}

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

describe('merging two changes of one draft', () => {
  it('names the field, not the whole, where both changed it', () => {
    const base = { patient: { name: 'a', phone: '1' }, list: [1] };
    const { merged, conflicts } = mergeDrafts(
      base,
      { patient: { name: 'b', phone: '1' }, list: [1, 2] },
      { patient: { name: 'c', phone: '2' }, list: [1, 3] },
    );
    assert.deepEqual(conflicts, ['patient.name', 'list']);
    assert.deepEqual(merged, { patient: { name: 'c', phone: '2' }, list: [1, 3] });
  });

  it('one and the same change on both sides is no conflict', () => {
    const { conflicts } = mergeDrafts<{ sex: string | null }>({ sex: null }, { sex: 'male' }, { sex: 'male' });
    assert.deepEqual(conflicts, []);
  });
});
