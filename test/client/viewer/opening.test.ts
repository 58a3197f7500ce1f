import assert from 'node:assert/strict';
import { createOpening, type Opening, type OpeningParts, type ViewOrigin } from '../../../client/viewer/opening.ts';
import { Failure } from '../../../server/contract/failure.ts';

interface View {
  id: string;
  part: number;
}

/** Things that are read when the test says so. */
function openingOf(more: Partial<OpeningParts<View, string>> = {}) {
  const known = new Map<string, string>();
  const asked: { id: string; answer: (read: string) => void; refuse: (thrown: unknown) => void }[] = [];
  const told: ViewOrigin[] = [];
  const opening: Opening<View, string> = createOpening<View, string>({
    idOf: ({ id }) => id,
    find: (id) => known.get(id),
    read: (id) => new Promise((answer, refuse) => asked.push({ id, answer, refuse })),
    unreadable: 'cannot be read',
    onChange: (origin) => told.push(origin),
    ...more,
  });
  return { opening, known, asked, told };
}

const first = (id: string) => (): View => ({ id, part: 0 });
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('opening a picture', () => {
  it('shows the last one that was wished for, in whatever order they arrive', async () => {
    const { opening, asked, told } = openingOf();
    void opening.open('a', first('a'), 'user');
    void opening.open('b', first('b'), 'user');
    asked[1]?.answer('B');
    await settled();
    asked[0]?.answer('A');
    await settled();
    assert.deepEqual([opening.view, opening.read, told], [{ id: 'b', part: 0 }, 'B', ['user']]);
  });

  it('does not fail for what nobody wishes to see any more', async () => {
    const { opening, asked } = openingOf();
    void opening.open('a', first('a'), 'user');
    opening.setView({ id: 'b', part: 7 }, 'shown');
    asked[0]?.refuse(new Failure('not-found', 'gone'));
    asked[1]?.answer('B');
    await settled();
    assert.deepEqual([opening.failure, opening.view, opening.read], [undefined, { id: 'b', part: 7 }, 'B']);
  });

  it('keeps a view that somebody shows until it can be seen, and tells nobody that they moved', async () => {
    const { opening, asked, told } = openingOf();
    opening.setView({ id: 'a', part: 3 }, 'user');
    assert.deepEqual([opening.view, opening.read], [{ id: 'a', part: 3 }, undefined]);
    asked[0]?.answer('A');
    await settled();
    assert.deepEqual([opening.view, opening.read, told], [{ id: 'a', part: 3 }, 'A', ['user', 'opened']]);
  });

  it('comes up as it was left', async () => {
    const { opening, known } = openingOf();
    known.set('a', 'A').set('b', 'B');
    await opening.open('a', first('a'), 'user');
    opening.setView({ id: 'a', part: 9 }, 'user');
    await opening.open('b', first('b'), 'user');
    await opening.open('a', first('a'), 'user');
    assert.deepEqual(opening.view, { id: 'a', part: 9 });
  });

  it('says why nothing is seen, leaves nothing else in sight, and tries again when asked', async () => {
    const { opening, known, asked, told } = openingOf();
    known.set('a', 'A');
    await opening.open('a', first('a'), 'user');
    const failing = opening.open('b', first('b'), 'user');
    asked[0]?.refuse(new Error('no such luck'));
    await failing;
    assert.deepEqual([opening.view, opening.read], [undefined, undefined], 'A would be taken for B');
    assert.deepEqual([opening.failure?.code, opening.failure?.message], ['internal', 'cannot be read']);
    opening.retry();
    assert.equal(opening.failure, undefined);
    asked[1]?.answer('B');
    await settled();
    assert.deepEqual([opening.view, opening.read], [{ id: 'b', part: 0 }, 'B']);
    assert.deepEqual(told.slice(-1), ['user'], 'the person still is the one who opened it');
  });

  it('names what is on its way instead of what was shown, where a kind wants that', async () => {
    const { opening, known, asked } = openingOf({ waiting: (id) => ({ id, part: -1 }) });
    known.set('a', 'A');
    await opening.open('a', first('a'), 'user');
    const failing = opening.open('b', first('b'), 'user');
    assert.deepEqual([opening.view, opening.read], [{ id: 'b', part: -1 }, undefined]);
    asked[0]?.refuse(new Failure('forbidden', 'no'));
    await failing;
    assert.deepEqual([opening.view, opening.failure?.code], [{ id: 'b', part: -1 }, 'forbidden']);
  });

  it('turns a page without losing sight of the one before', async () => {
    const { opening, known, asked } = openingOf({
      shows: (read, { part }) => read === String(part),
      find: () => undefined,
    });
    known.clear();
    opening.setView({ id: 'a', part: 1 }, 'user');
    asked[0]?.answer('1');
    await settled();
    void opening.turnTo({ id: 'a', part: 2 }, () => ({ id: 'a', part: 2 }));
    assert.deepEqual([opening.view?.part, opening.read], [1, '1']);
    asked[1]?.answer('2');
    await settled();
    assert.deepEqual([opening.view?.part, opening.read], [2, '2']);
  });

  it('stays on the same part where what is shown has grown', async () => {
    const { opening, known } = openingOf({ settle: (view, read) => ({ ...view, part: read.length }) });
    known.set('a', 'A');
    await opening.open('a', first('a'), 'user');
    opening.replace('AAAA');
    assert.deepEqual([opening.view, opening.origin], [{ id: 'a', part: 4 }, 'user']);
  });
});
