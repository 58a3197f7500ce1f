import assert from 'node:assert/strict';
import { applyChange, applySnapshot, type Board, emptyBoard, hasGap } from '../../../client/review/board.ts';
import type { Annotation } from '../../../server/contract/review.ts';
import { createRandom } from '../../support/random.ts';
import { lengthOf, target } from '../../support/review-pictures.ts';
import { CONSULTATION_ID } from '../../support/review-world.ts';

const change = (annotationId: string, revision: number, deleted = false): Annotation => ({
  annotationId,
  consultationId: CONSULTATION_ID,
  target,
  shape: deleted ? null : lengthOf(revision),
  revision,
  authorId: 'a',
  authorName: 'A',
  changedAt: new Date(0).toISOString(),
});

const shuffle = <T>(items: T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

describe('the board of annotations', () => {
  it('keeps an annotation deleted when an older change of it comes late', () => {
    const board = [change('one', 2, true), change('one', 1)].reduce(applyChange, emptyBoard);
    assert.equal(board.annotations.get('one')?.shape, null);
  });

  it('knows that a change is missing, and when it is not any more', () => {
    const early = applyChange(emptyBoard, change('one', 2));
    assert.equal(hasGap(early), true);
    assert.equal(early.revision, 0);
    const whole = applyChange(early, change('two', 1));
    assert.equal(hasGap(whole), false);
    assert.equal(whole.revision, 2);
  });

  it('takes a snapshot as the answer to every gap below it', () => {
    const early = applyChange(applyChange(emptyBoard, change('one', 3)), change('two', 7));
    const healed = applySnapshot(early, { revision: 6, annotations: [change('three', 6)] });
    assert.equal(healed.revision, 7);
    assert.deepEqual([...healed.annotations.keys()].sort(), ['one', 'three', 'two']);
  });

  for (let seed = 1; seed <= 40; seed++)
    it(`ends the same whatever the order, repetition and outages (seed ${seed})`, () => {
      const random = createRandom(seed).next;
      const history = Array.from({ length: 60 }, (_, index) =>
        change(`annotation-${Math.floor(random() * 8)}`, index + 1, random() < 0.25),
      );
      const expected = new Map(history.map((entry) => [entry.annotationId, entry]));

      let board: Board = emptyBoard;
      for (const entry of shuffle([...history, ...history.slice(20, 40)], random)) {
        if (random() < 0.3) continue; // lost
        board = applyChange(board, entry);
        for (const known of history.slice(0, board.revision))
          assert.ok((board.annotations.get(known.annotationId)?.revision ?? 0) >= known.revision, 'claims too much');
      }
      const { revision } = board;
      const missed = [...expected.values()].filter((entry) => entry.revision > revision);
      board = applySnapshot(board, { revision: history.length, annotations: shuffle(missed, random) });
      assert.equal(board.revision, history.length);
      assert.equal(hasGap(board), false);
      assert.deepEqual(new Map([...board.annotations].sort()), new Map([...expected].sort()));
    });
});
