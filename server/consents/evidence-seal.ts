import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Failure } from '../contract/index.ts';

/** Encrypts a whole file of evidence. It opens under its own key only, and only as the content of its own hash. */
export interface EvidenceSeal {
  /** @param sha256 of the plain bytes */
  seal(plain: Uint8Array, sha256: string): Buffer;
  /** @throws Failure internal / evidence-other-key, evidence-damaged */
  open(sealed: Uint8Array, sha256: string): Buffer;
  /** Whether the file says that it was sealed under this key. */
  isOwn(sealed: Uint8Array): boolean;
}

interface Algorithm {
  cipher: 'aes-256-gcm';
  nonceBytes: number;
  tagBytes: number;
}

/**
 * By the number that stands in a file's header; another one, as SM4-GCM (GB/T 32907-2016), is another line. NIST SP 800-38D:
 * a nonce of 96 bits and the whole tag. Random nonces are good for 2^32 files of a key (section 8.3).
 */
const ALGORITHMS: Partial<Record<number, Algorithm>> = {
  1: { cipher: 'aes-256-gcm', nonceBytes: 12, tagBytes: 16 },
};
const WRITTEN_WITH = 1;

const MAGIC = Buffer.from('HZEV');
const KEY_ID_BYTES = 8;
/** Magic, number of the algorithm, key; nonce, tag and content follow. */
const HEADER_BYTES = MAGIC.length + 1 + KEY_ID_BYTES;

/** @param secret the one that seals fields of the database; the key derived here seals nothing else (RFC 5869). */
export function createEvidenceSeal(secret: Uint8Array): EvidenceSeal {
  const derive = (purpose: string, bytes: number) => Buffer.from(hkdfSync('sha256', secret, 'huizhen', purpose, bytes));
  const key = derive('evidence-seal', 32);
  const keyId = derive('evidence-seal-id', KEY_ID_BYTES);
  const isOwn = (sealed: Uint8Array): boolean => keyId.equals(sealed.subarray(MAGIC.length + 1, HEADER_BYTES));
  return {
    isOwn,
    seal(plain, sha256) {
      const { cipher: name, nonceBytes } = ALGORITHMS[WRITTEN_WITH] as Algorithm;
      const header = Buffer.concat([MAGIC, Buffer.from([WRITTEN_WITH]), keyId]);
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(name, key, nonce).setAAD(belongingTo(header, sha256));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([header, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, sha256) {
      const header = sealed.subarray(0, HEADER_BYTES);
      const algorithm = ALGORITHMS[header[MAGIC.length] ?? 0];
      if (!MAGIC.equals(header.subarray(0, MAGIC.length)) || !algorithm) throw damaged();
      if (!isOwn(header)) throw otherKey();
      const { cipher: name, nonceBytes, tagBytes } = algorithm;
      const tagAt = HEADER_BYTES + nonceBytes;
      try {
        const decipher = createDecipheriv(name, key, sealed.subarray(HEADER_BYTES, tagAt), { authTagLength: tagBytes })
          .setAAD(belongingTo(header, sha256))
          .setAuthTag(sealed.subarray(tagAt, tagAt + tagBytes));
        return Buffer.concat([decipher.update(sealed.subarray(tagAt + tagBytes)), decipher.final()]);
      } catch (cause) {
        throw damaged(cause);
      }
    },
  };
}

/** What is authenticated beside the content: neither header nor name of a file can be exchanged. */
const belongingTo = (header: Uint8Array, sha256: string): Buffer => Buffer.concat([header, Buffer.from(sha256, 'hex')]);

export const damaged = (cause?: unknown): Failure =>
  new Failure('internal', 'the file of the evidence is damaged', { reason: 'evidence-damaged', cause });

const otherKey = (): Failure =>
  new Failure('internal', 'the evidence was sealed under another key', { reason: 'evidence-other-key' });
