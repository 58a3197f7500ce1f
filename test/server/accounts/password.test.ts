import assert from 'node:assert/strict';
import { hashPassword, isPasswordRight } from '../../../server/accounts/password.ts';

describe('a password as it is kept', () => {
  it('costs whoever guesses 32 MiB and three passes a guess, and its owner nothing else', async () => {
    const hash = await hashPassword('correct horse');
    assert.match(hash, /^\$argon2id\$v=19\$m=32768,t=3,p=1\$/);
    assert.equal(await isPasswordRight(hash, 'correct horse'), true);
    assert.equal(await isPasswordRight(hash, 'correct house'), false);
    assert.equal(await isPasswordRight(undefined, 'correct horse'), false);
  });
});
