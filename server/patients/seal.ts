import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { loadSecret } from '../runtime/secret-file.ts';

/** Encrypts single fields of the database. Another cipher (SM4) comes as another prefix beside this one. */
export interface FieldSeal {
  /** @param context where the value belongs; it opens only there. The empty string stays empty. */
  seal(plain: string, context: string): string;
  /** @throws Error where the value was changed, moved, or sealed under another key. */
  open(sealed: string, context: string): string;
  /** The same value gives the same index: found again without being readable. */
  index(value: string): string;
}

const PREFIX = 'gcm1:';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM (NIST SP 800-38D) with a random nonce; index by HMAC-SHA-256. @param secret 32 bytes or more. */
export function createFieldSeal(secret: Uint8Array): FieldSeal {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'huizhen', purpose, 32));
  const key = derive('field-seal');
  const indexKey = derive('field-index');
  return {
    seal(plain, context) {
      if (plain === '') return '';
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed, context) {
      if (sealed === '') return '';
      if (!sealed.startsWith(PREFIX)) throw new Error('sealed under an unknown cipher');
      const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    },
    index: (value) => createHmac('sha256', indexKey).update(value).digest('hex'),
  };
}

/** The key under which identifiers are sealed; servers that share a database share it through the environment. */
export function loadFieldSecret(dataDir: string, fromEnvironment: string | undefined): Promise<Uint8Array> {
  return loadSecret(dataDir, 'field.key', fromEnvironment);
}
