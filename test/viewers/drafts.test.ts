import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Autosave, type AutosaveParts } from '../../client/drafts/autosave.ts';
import type { Unsaved } from '../../client/drafts/local-copy.ts';
import { mergeDrafts } from '../../client/drafts/merge.ts';
import { Failure } from '../../server/contract/failure.ts';
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
  const local = new Map<string, Unsaved<Draft>>();
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

  const open = (name = 'window'): Autosave<Draft> => {
    const parts: AutosaveParts<Draft> = {
      initial: stored,
      save: (value, version) =>
        exchange(() => {
          if (version !== stored.version) throw new Failure('conflict', 'outdated', { reason: 'version-outdated' });
          stored = { value, version: version + 1, savedAt: '2025-01-01T00:00:00.000Z' };
          return stored;
        }),
      read: () => exchange(() => stored),
      local: {
        find: () => local.get(name),
        keep: (unsaved) => Boolean(local.set(name, structuredClone(unsaved))),
        clear: () => void local.delete(name),
      },
      wait: async (_, signal) => {
        for (let turns = Math.floor(random() * 3); turns >= 0; turns -= 1) await turn();
        signal.throwIfAborted();
      },
    };
    return new Autosave(parts);
  };
  return { desk, open, local, stored: () => stored };
}

async function savedByItself(draft: Autosave<Draft>): Promise<void> {
  while (draft.snapshot.state.kind !== 'saved') await turn();
}

describe('saving while typing', () => {
  it('sends what was typed last, one request at a time', async () => {
    const { desk, open, stored } = createDesk();
    const draft = open();
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
    const draft = open();
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
    const { desk, open, stored, local } = createDesk();
    const first = open();
    desk.lineIsUp = false;
    first.change(ask('cough for three weeks'));
    first.close();
    desk.lineIsUp = true;
    const second = open();
    assert.equal(second.snapshot.value.question, 'cough for three weeks');
    assert.equal(await second.flush(), true);
    assert.equal(stored().value.question, 'cough for three weeks');
    assert.equal(local.size, 0, 'no copy of the patient stays in the browser');
  });

  it('a save whose answer was lost does not count as somebody else’s change', async () => {
    const { desk, open, stored } = createDesk();
    const draft = open();
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
      local: { find: () => undefined, keep: () => true, clear: () => {} },
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
    const here = world.open('here');
    const there = world.open('there');
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
      if (choice === 'mine') here.keepMine();
      else here.takeTheirs();
      assert.equal(await here.flush(), true);
      assert.deepEqual(stored().value, {
        question: choice === 'mine' ? 'cough' : 'fever',
        patient: { name: '张三', phone: '13800000000' },
      });
    }
  });

  for (let seed = 1; seed <= 25; seed += 1) {
    it(`ends alike in both, whatever the line does (seed ${seed})`, async () => {
      const random = seeded(seed);
      const { desk, open, stored } = createDesk(random);
      const windows = [open('a'), open('b')];
      for (let step = 0; step < 60; step += 1) {
        desk.lineIsUp = random() < 0.7;
        desk.answersAreLost = random() < 0.2;
        const at = Math.floor(random() * 2);
        const draft = windows[at];
        if (!draft) continue;
        const { value } = draft.snapshot;
        const what = random();
        if (what < 0.3) draft.change({ ...value, question: `q${step}` });
        else if (what < 0.5) draft.change({ ...value, patient: { ...value.patient, name: `n${step}` } });
        else if (what < 0.6) void draft.flush();
        else if (what < 0.7) {
          draft.close();
          windows[at] = open(at === 0 ? 'a' : 'b');
        }
        if (draft.snapshot.state.kind === 'conflict') random() < 0.5 ? draft.keepMine() : draft.takeTheirs();
        await turn();
      }
      desk.lineIsUp = true;
      desk.answersAreLost = false;
      for (const draft of windows) {
        while (!(await draft.flush())) if (draft.snapshot.state.kind === 'conflict') draft.keepMine();
      }
      for (const draft of windows) {
        draft.meet(stored());
        await draft.flush();
        assert.deepEqual(draft.snapshot.value, stored().value);
      }
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
