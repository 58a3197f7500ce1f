import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Failure } from '../../../server/contract/index.ts';
import { MAX_ANNOTATIONS, put, requireRoom, reshaped, type StoredAnnotation } from '../../../server/review/board.ts';
import { createRandom } from '../../support/random.ts';

const consultationId = randomUUID();
const target = {
  kind: 'imaging',
  studyInstanceUid: '1.2.3',
  seriesInstanceUid: '1.2.3.4',
  sopInstanceUid: '1.2.3.4.5',
  frame: 1,
} as const;
const at = new Date('2026-01-02T03:04:05.678Z');
const length = (x: number) => ({ kind: 'length', start: { x: 0, y: 0 }, end: { x, y: 0 } }) as const;

describe('the board', () => {
  it('[AN4] takes author and time from the session, not from the message', () => {
    const forged = {
      consultationId,
      annotationId: randomUUID(),
      target,
      shape: length(1),
      authorId: 'somebody else',
      revision: 99,
    };
    const stored = put(forged, undefined, { accountId: 'li', at, revision: 3 });
    assert.equal(stored.authorId, 'li');
    assert.equal(stored.changedById, 'li');
    assert.equal(stored.revision, 3);
    assert.equal(stored.changedAt, at.toISOString());
  });

  it('[AN5] has a limit', () => {
    requireRoom(MAX_ANNOTATIONS - 1);
    assert.throws(
      () => requireRoom(MAX_ANNOTATIONS),
      (thrown) => thrown instanceof Failure && thrown.code === 'too-large',
    );
  });

  it('[AN2] [AN3] whatever people do in whatever order, each sees at the end what was done last to each annotation', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createRandom(seed);
      const board = new Map<string, StoredAnnotation>();
      const lastDone = new Map<string, number | null>();
      const ids = Array.from({ length: 5 }, (_, index) => `annotation-${index}`);
      /** What a peer knows that hears of some changes, in any order, and heals by `since`. */
      const peer = { known: new Map<string, StoredAnnotation>(), revision: 0 };
      const missed: StoredAnnotation[] = [];
      let revision = 0;
      for (let count = 0; count < 80; count += 1) {
        const annotationId = random.pick(ids);
        const stroke = { accountId: random.pick(['li', 'chen']), at, revision: revision + 1 };
        const known = board.get(annotationId);
        const isErasing = random.next() < 0.3;
        if (isErasing && !known) continue;
        const x = random.below(1000);
        const next =
          isErasing && known
            ? reshaped(known, null, stroke)
            : put({ consultationId, annotationId, target, shape: length(x) }, known, stroke);
        revision += 1;
        board.set(annotationId, next);
        lastDone.set(annotationId, isErasing ? null : x);
        missed.push(next);
        if (random.next() < 0.4) {
          // Comes back: everything above what it has, as the server's `since` gives it.
          for (const one of [...board.values()].filter((stored) => stored.revision > peer.revision))
            peer.known.set(one.annotationId, one);
          peer.revision = revision;
          missed.length = 0;
        }
      }
      for (const one of missed)
        if (one.revision > (peer.known.get(one.annotationId)?.revision ?? 0)) peer.known.set(one.annotationId, one);
      for (const [annotationId, x] of lastDone) {
        const shape = peer.known.get(annotationId)?.shape;
        assert.deepEqual(shape, x === null ? null : length(x), `seed ${seed}: ${annotationId}`);
      }
      assert.equal(
        new Set([...board.values()].map((one) => one.revision)).size,
        board.size,
        `seed ${seed}: revisions differ`,
      );
    }
  });
});
