import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { issueIceServers } from '../../../server/call/turn.ts';

describe('credentials for a relay', () => {
  const turn = { urls: ['turn:relay.example'], secret: 'shared with the relay' };
  const at = new Date('2026-11-29T08:00:00Z');
  const accountId = randomUUID();

  it('are those of coturn’s use-auth-secret, for ten minutes', () => {
    const [server] = issueIceServers(turn, accountId, at);
    const [end, pseudonym = ''] = (server?.username ?? '').split(':');
    assert.equal(Number(end) * 1000 - at.getTime(), 10 * 60_000);
    assert.ok(!pseudonym.includes(accountId) && /^[\w-]{22}$/.test(pseudonym));
    const wanted = createHmac('sha1', turn.secret)
      .update(server?.username ?? '')
      .digest('base64');
    assert.deepEqual([server?.urls, server?.credential], [turn.urls, wanted]);
  });

  it('name the same person alike and others differently, and are none where there is no relay', () => {
    const nameOf = (id: string, when: Date) => issueIceServers(turn, id, when)[0]?.username?.split(':')[1];
    assert.equal(nameOf(accountId, at), nameOf(accountId, new Date(at.getTime() + 60_000)));
    assert.notEqual(nameOf(accountId, at), nameOf(randomUUID(), at));
    assert.deepEqual(issueIceServers(undefined, accountId, at), []);
  });
});
