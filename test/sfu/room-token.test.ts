import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { Failure, type FailureReason } from '../../server/contract/failure.ts';
import { mintRoomToken, verifyRoomToken } from '../../sfu/room-token.ts';
import { sign } from '../../sfu/signed.ts';

const SECRET = 'a secret that only server and sfu know';
const NOW = Date.parse('2026-11-23T08:00:00Z');
const grant = {
  roomId: randomUUID(),
  accountId: randomUUID(),
  signInId: randomUUID(),
  displayName: '王主任',
  facilityName: '省立医院',
  role: 'specialist',
  mayPublish: ['audio' as const, 'video' as const],
  expiresAt: '2026-11-23T08:05:00Z',
  signInEndsAt: '2026-11-23T18:00:00Z',
};

function refused(token: string, reason: FailureReason, now = NOW): void {
  assert.throws(
    () => verifyRoomToken(token, SECRET, now),
    (error) => error instanceof Failure && error.code === 'unauthenticated' && error.reason === reason,
  );
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('room token', () => {
  it('says again what the server said', () => {
    const claims = verifyRoomToken(mintRoomToken(grant, SECRET), SECRET, NOW);
    const { tokenId, issuedAt, ...said } = claims;
    assert.deepEqual(said, grant);
    assert.match(tokenId, /^[0-9a-f-]{36}$/);
    assert.ok(Date.parse(issuedAt) <= Date.now());
  });

  it('is a JWS of RFC 7515 that anybody can check', () => {
    const [header = '', payload = '', signature] = mintRoomToken(grant, SECRET).split('.');
    assert.equal(JSON.parse(Buffer.from(header, 'base64url').toString()).alg, 'HS256');
    const mac = createHmac('sha256', SECRET).update(`${header}.${payload}`).digest('base64url');
    assert.equal(signature, mac);
  });

  it('[SF1] is refused when any byte of it was changed', () => {
    const token = mintRoomToken(grant, SECRET);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      // The last character of a base64url text carries unused bits: another spelling of the same bytes is no forgery.
      const [, , signature = ''] = changed.split('.');
      const [, , original = ''] = token.split('.');
      const sameBytes = Buffer.from(signature, 'base64url').equals(Buffer.from(original, 'base64url'));
      if (sameBytes && at > token.lastIndexOf('.')) continue;
      refused(changed, 'token-invalid');
    }
  });

  it('[SF1] is refused when signed with another secret, unsigned, or not a token at all', () => {
    refused(mintRoomToken(grant, 'another secret'), 'token-invalid');
    const [header = '', payload = ''] = mintRoomToken(grant, SECRET).split('.');
    refused(`${encode({ alg: 'none', typ: 'huizhen-room+jwt' })}.${payload}.`, 'token-invalid');
    refused(`${header}.${payload}.`, 'token-invalid');
    for (const text of ['', '.', '..', 'a.b.c', '{}', `${header}.${payload}`]) refused(text, 'token-invalid');
  });

  it('[SF1] is refused when rightly signed for something else or without the claims of a room', () => {
    refused(sign('huizhen-control+jwt', grant, SECRET), 'token-invalid');
    refused(sign('huizhen-room+jwt', { expiresAt: grant.expiresAt }, SECRET), 'token-invalid');
    refused(sign('huizhen-room+jwt', { ...grant, mayPublish: ['everything'] }, SECRET), 'token-invalid');
  });

  it('[SF2] is good until its time and not after', () => {
    const token = mintRoomToken(grant, SECRET);
    const end = Date.parse(grant.expiresAt);
    assert.equal(verifyRoomToken(token, SECRET, end - 1).roomId, grant.roomId);
    refused(token, 'token-expired', end);
  });
});
