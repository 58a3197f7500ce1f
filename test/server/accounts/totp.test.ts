import assert from 'node:assert/strict';
import { Secret } from 'otpauth';
import { readRecoveryCode, toPrinted } from '../../../server/accounts/recovery-codes.ts';
import { findTotpStep, makeTotpSecret, totpAddress } from '../../../server/accounts/totp.ts';
import { authenticator } from '../../support/second-factor.ts';

/** RFC 6238 appendix B, SHA-1: seconds since 1970, and eight digits, whose last six are the code of six. */
const VECTORS: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
];
const RFC_SECRET = Secret.fromLatin1('12345678901234567890').base32;

describe('codes of an authenticator app', () => {
  it('[AC11] are those of RFC 6238, appendix B', () => {
    for (const [seconds, code] of VECTORS)
      assert.equal(findTotpStep(RFC_SECRET, code.slice(-6), new Date(seconds * 1000)), Math.floor(seconds / 30), code);
  });

  it('[AC11] are right one step early and one late, and not two', () => {
    const secret = makeTotpSecret();
    const app = authenticator(secret);
    for (const seconds of [0, 1, 29.999]) {
      const at = new Date(1_780_000_020_000 + seconds * 1000);
      const step = Math.floor(at.getTime() / 30_000);
      assert.deepEqual(
        [-2, -1, 0, 1, 2].map((steps) => findTotpStep(secret, app.codeAt(at, steps), at)),
        [undefined, step - 1, step, step + 1, undefined],
      );
    }
  });

  it('[AC11] come from 160 random bits, which an app scans with the name of the account', () => {
    const secret = makeTotpSecret();
    assert.equal(Secret.fromBase32(secret).bytes.length, 20);
    assert.notEqual(secret, makeTotpSecret());
    const address = new URL(totpAddress(secret, 'li.chunmei'));
    assert.equal(`${address.protocol}//${address.host}${address.pathname}`, 'otpauth://totp/Huizhen:li.chunmei');
    assert.equal(address.searchParams.get('secret'), secret);
  });

  it('[AC12] a recovery code is read as it is typed from paper', () => {
    assert.equal(toPrinted('0123456789'), '01234-56789');
    for (const typed of ['oL23456789', ' 01234-56789 ', '０1234 56789'])
      assert.equal(readRecoveryCode(typed), '0123456789', typed);
  });
});
