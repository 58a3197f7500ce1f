import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { createSigningKey, isSignatureValid, unlockSigner } from '../../../server/accounts/signing.ts';
import type { Signature } from '../../../server/contract/index.ts';

describe('a signing key', () => {
  const accountId = randomUUID();
  const key = createSigningKey(accountId, 'right password', randomUUID(), '2026-01-02T03:04:05.678Z');
  const message = randomBytes(400);

  async function signed(): Promise<Signature> {
    const signer = await unlockSigner(await key, 'right password');
    return {
      algorithm: signer.algorithm,
      signerId: accountId,
      publicKey: signer.publicKey,
      value: Buffer.from(signer.sign(message)).toString('base64'),
    };
  }

  it('signs what its owner signs, and anybody can check it', async () => {
    assert.equal(isSignatureValid(message, await signed()), true);
  });

  it('finds any changed byte of the document', async () => {
    const signature = await signed();
    for (let index = 0; index < message.length; index += 1) {
      const changed = Buffer.from(message);
      changed[index] = (changed[index] ?? 0) ^ 1;
      assert.equal(isSignatureValid(changed, signature), false, `byte ${index}`);
    }
  });

  it('finds any changed byte of the signature and another person’s key', async () => {
    const signature = await signed();
    const value = Buffer.from(signature.value, 'base64');
    for (let index = 0; index < value.length; index += 1) {
      const changed = Buffer.from(value);
      changed[index] = (changed[index] ?? 0) ^ 0x80;
      assert.equal(
        isSignatureValid(message, { ...signature, value: changed.toString('base64') }),
        false,
        `byte ${index}`,
      );
    }
    const other = await createSigningKey(randomUUID(), 'x', randomUUID(), '2026-01-02T03:04:05.678Z');
    assert.equal(isSignatureValid(message, { ...signature, publicKey: other.publicKey }), false);
    assert.equal(isSignatureValid(message, { ...signature, publicKey: 'no key' }), false);
  });

  it('does not open with a wrong password, nor as somebody else’s', async () => {
    await assert.rejects(unlockSigner(await key, 'wrong password'), {
      code: 'forbidden',
      reason: 'signature-password',
    });
    await assert.rejects(unlockSigner({ ...(await key), accountId: randomUUID() }, 'right password'), {
      reason: 'signature-password',
    });
  });
});
