import assert from 'node:assert/strict';
import { withLayout, withMain, withSecond } from '../../../client/moderating/program-choice.ts';
import { HallProgram, isSameTrack, ProgramLayout, type TrackRef } from '../../../server/contract/demonstration-live.ts';
import { createRandom } from '../../support/random.ts';

const ref = (source: TrackRef['source']): TrackRef => ({ accountId: crypto.randomUUID(), source, label: null });
const [field, room, device] = [ref('field'), ref('room'), ref('device')];
const nothing: HallProgram = { layout: 'single', main: null, second: null };

describe('what the moderator puts on air', () => {
  it('is one picture, with another beside it once that is asked for, and without it again', () => {
    const one = withMain(nothing, field);
    assert.deepEqual(one, { layout: 'single', main: field, second: null });
    const two = withSecond(one, room);
    assert.deepEqual(two, { layout: 'picture-in-picture', main: field, second: room });
    assert.deepEqual(withLayout(two, 'side-by-side'), { layout: 'side-by-side', main: field, second: room });
    assert.deepEqual(withSecond(two, room), one);
    assert.deepEqual(withLayout(two, 'single'), one);
  });

  it('is named by its input whatever it is called, and by what it is called where it has none', () => {
    const inputId = crypto.randomUUID();
    const named = { ...field, label: '术野', inputId };
    assert.ok(isSameTrack(named, { ...named, label: 'Laparoscope' }));
    assert.ok(!isSameTrack(named, { ...named, inputId: crypto.randomUUID() }), 'another that is called so');
    assert.ok(isSameTrack(named, { ...field, label: '术野' }), 'chosen before inputs had ids');
    assert.ok(!isSameTrack(named, { ...field, label: '全景' }));
    assert.ok(!isSameTrack(named, { ...named, accountId: crypto.randomUUID() }));
  });

  it('changes places where the one beside is put on air', () => {
    const two = withSecond(withMain(nothing, field), room);
    assert.deepEqual(withMain(two, room), { layout: 'picture-in-picture', main: room, second: field });
  });

  it('never shows one picture twice, nor one beside nothing, whatever is pressed (seeded)', () => {
    const seed = 20261130;
    const random = createRandom(seed);
    let program = nothing;
    for (let step = 0; step < 2_000; step++) {
      const chosen = random.pick([field, room, device]);
      const press = random.below(3);
      if (press === 0) program = withMain(program, chosen);
      else if (press === 1) program = withSecond(program, chosen);
      else program = withLayout(program, random.pick(ProgramLayout.options));
      const what = `seed ${seed}, step ${step}: ${JSON.stringify(program)}`;
      assert.ok(HallProgram.safeParse(program).success, what);
      assert.ok(program.second === null || program.main !== program.second, what);
      assert.ok(program.second === null || (program.main !== null && program.layout !== 'single'), what);
    }
  });
});
