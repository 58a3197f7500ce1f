import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import argon2 from 'argon2';
import { Failure, type Signature } from '../contract/index.ts';
import { normalizePassword } from './password.ts';
import type { SigningKey } from './store.ts';

/** A private key at work: exists only while its owner's password is at hand. Another algorithm (SM2) is another Signer. */
export interface Signer {
  algorithm: Signature['algorithm'];
  /** SPKI, DER, base64. */
  publicKey: string;
  sign(message: Uint8Array): Uint8Array;
}

const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key under which a private key is sealed: argon2id with a salt of its own, apart from the password's hash. */
function deriveKey(password: string, salt: Buffer): Promise<Buffer> {
  return argon2.hash(normalizePassword(password), {
    type: argon2.argon2id,
    salt,
    raw: true,
    hashLength: 32,
    memoryCost: 65536,
    timeCost: 3,
    parallelism: 1,
  });
}

/** PKCS #8 under the password; see `SigningKey.sealedPrivateKey`. */
async function seal(pkcs8: Buffer, accountId: string, password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', await deriveKey(password, salt), nonce).setAAD(Buffer.from(accountId));
  const sealed = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Makes an Ed25519 key pair (RFC 8032) whose private half only `password` opens. */
export async function createSigningKey(
  accountId: string,
  password: string,
  keyId: string,
  createdAt: string,
): Promise<SigningKey> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    keyId,
    accountId,
    algorithm: 'Ed25519',
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sealedPrivateKey: await seal(privateKey.export({ type: 'pkcs8', format: 'der' }), accountId, password),
    createdAt,
  };
}

/** @throws Failure forbidden, reason signature-password, where the password is not its owner's. */
async function open(key: SigningKey, password: string): Promise<Buffer> {
  const sealed = Buffer.from(key.sealedPrivateKey, 'base64');
  const salt = sealed.subarray(0, SALT_BYTES);
  const nonce = sealed.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
  const tag = sealed.subarray(SALT_BYTES + NONCE_BYTES, SALT_BYTES + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', await deriveKey(password, salt), nonce)
    .setAAD(Buffer.from(key.accountId))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed.subarray(SALT_BYTES + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new Failure('forbidden', 'the password does not open the signing key', {
      reason: 'signature-password',
      cause,
    });
  }
}

/** Opens a sealed key. @throws Failure forbidden, reason signature-password, where the password is not its owner's. */
export async function unlockSigner(key: SigningKey, password: string): Promise<Signer> {
  const privateKey = createPrivateKey({ key: await open(key, password), type: 'pkcs8', format: 'der' });
  return { algorithm: key.algorithm, publicKey: key.publicKey, sign: (message) => sign(null, message, privateKey) };
}

/** The same key under another password: `sealedPrivateKey`. @throws Failure forbidden / signature-password */
export async function resealSigningKey(key: SigningKey, password: string, nextPassword: string): Promise<string> {
  return seal(await open(key, password), key.accountId, nextPassword);
}

/** Whether `signature` was made over exactly these bytes by the holder of its public key. A malformed signature is an invalid one. */
export function isSignatureValid(message: Uint8Array, signature: Signature): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(signature.publicKey, 'base64'), type: 'spki', format: 'der' });
    return (
      publicKey.asymmetricKeyType === 'ed25519' &&
      verify(null, message, publicKey, Buffer.from(signature.value, 'base64'))
    );
  } catch {
    // Node throws on bytes that are no key at all: that is the answer "no".
    return false;
  }
}
