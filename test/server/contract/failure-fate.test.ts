import assert from 'node:assert/strict';
import { FAILURE_CODES, Failure } from '../../../server/contract/failure.ts';
import {
  FAILURE_FATE,
  fateOf,
  isKeptFor,
  isWorthReadingAgain,
  MAX_INTERNAL_TRIES,
} from '../../../server/contract/failure-fate.ts';

describe('what a client does about a failure', () => {
  it('is decided for every code', () => {
    assert.deepEqual(Object.keys(FAILURE_FATE).sort(), [...FAILURE_CODES].sort());
  });

  it('tries again what passes, a server’s own fault not for ever', () => {
    for (const code of ['unavailable', 'rate-limited'] as const)
      assert.equal(isWorthReadingAgain(new Failure(code, ''), 1_000), true, code);
    assert.equal(isWorthReadingAgain(new Failure('internal', ''), 1), true);
    assert.equal(isWorthReadingAgain(new Failure('internal', ''), MAX_INTERNAL_TRIES), false);
    for (const code of ['not-found', 'forbidden', 'conflict', 'invalid-message'] as const)
      assert.equal(isWorthReadingAgain(new Failure(code, ''), 1), false, code);
  });

  it('keeps what was typed until somebody has signed in again, and tells a wrong password at once', () => {
    assert.equal(isKeptFor(new Failure('unauthenticated', '', { reason: 'session-expired' })), true);
    assert.equal(isKeptFor(new Failure('forbidden', '')), false);
    assert.equal(fateOf(new Failure('unauthenticated', '', { reason: 'wrong-password' })), 'tell');
    assert.equal(fateOf(new Failure('rate-limited', '', { reason: 'account-locked' })), 'tell');
  });
});
