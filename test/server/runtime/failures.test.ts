import assert from 'node:assert/strict';
import { QueryFailedError } from 'typeorm';
import { toFailure } from '../../../server/runtime/failures.ts';

const error = (fields: object) => Object.assign(new Error('as the driver words it'), fields);

describe('what went wrong below', () => {
  it('is “not now” where the database is away, also for the next statement on a connection that has gone', () => {
    const away = [
      error({ code: 'ECONNREFUSED' }),
      error({ code: 'EPIPE', fatal: true }),
      error({ code: 'ENOENT', syscall: 'connect' }),
      error({ fatal: true }),
      error({ code: 'EAI_AGAIN' }),
    ];
    for (const cause of [...away, ...away.map((one) => new QueryFailedError('SELECT 1', [], one))]) {
      const { code, reason, retryAfterS } = toFailure(cause);
      assert.deepEqual([code, reason, retryAfterS], ['unavailable', 'database-unreachable', 5], JSON.stringify(cause));
    }
    assert.equal(toFailure(new QueryFailedError('INSERT', [], error({ code: 'SQLITE_FULL' }))).reason, 'storage-full');
  });

  it('is a fault of ours in every other case', () => {
    for (const cause of [
      error({}),
      error({ code: 'ER_DUP_ENTRY' }),
      error({ code: 'ENOENT', syscall: 'open' }),
      'text',
    ])
      assert.equal(toFailure(cause).code, 'internal');
  });
});
