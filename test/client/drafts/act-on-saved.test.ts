import assert from 'node:assert/strict';
import { actOnSaved } from '../../../client/drafts/act-on-saved.ts';
import { ask, createDesk, savedByItself } from './drafts-world.ts';

describe('an act on what is typed', () => {
  it('comes after it is saved, on the version that this made', async () => {
    const { open, stored } = createDesk();
    const draft = await open();
    draft.change(ask('cough'));
    const seen = await actOnSaved(draft, async (version) => ({ version, question: stored().value.question }));
    assert.deepEqual(seen, { version: stored().version, question: 'cough' });
  });

  it('does not happen as long as it is not saved, and says why', async () => {
    const { desk, open } = createDesk();
    const draft = await open();
    const never = () => assert.fail('nobody acts on what they do not see');
    desk.lineIsUp = false;
    draft.change(ask('cough'));
    await assert.rejects(actOnSaved(draft, never), { code: 'unavailable', message: 'the line is down' });
    desk.lineIsUp = true;
    await savedByItself(draft);
    const other = await open();
    other.change(ask('fever'));
    await other.flush();
    draft.change(ask('pain'));
    await assert.rejects(actOnSaved(draft, never), { code: 'conflict', reason: 'version-outdated' });
    draft.settle(() => 'theirs');
    assert.equal(await actOnSaved(draft, async () => draft.snapshot.value.question), 'fever');
  });
});
