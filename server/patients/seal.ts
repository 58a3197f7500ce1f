import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { loadSecret } from '../runtime/secret-file.ts';

/** Encrypts single fields of the database. Another cipher (SM4) comes as another prefix beside this one. */
export interface FieldSeal {
  /** Names the key and tells nothing of it: 16 hexadecimal digits. */
  keyId: string;
  /** @param context where the value belongs; it opens only there. The empty string stays empty. */
  seal(plain: string, context: string): string;
  /** @throws Error where the value was changed, moved, or sealed under another key. */
  open(sealed: string, context: string): string;
  /** As {@link seal}, of anything longer. No bytes stay no bytes. */
  sealBytes(plain: Uint8Array, context: string): Buffer;
  openBytes(sealed: Uint8Array, context: string): Buffer;
  /** The same value gives the same index: found again without being readable. */
  index(value: string): string;
}

const PREFIX = 'gcm1:';
const PREFIX_BYTES = Buffer.from(PREFIX);
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 8;

/** Whether this is sealed already. A migration that was cut off goes on where it stopped. */
export function isSealed(value: string | Uint8Array): boolean {
  return typeof value === 'string'
    ? value.startsWith(PREFIX)
    : PREFIX_BYTES.equals(value.subarray(0, PREFIX_BYTES.length));
}

/** AES-256-GCM (NIST SP 800-38D) with a random nonce; index by HMAC-SHA-256. @param secret 32 bytes or more. */
export function createFieldSeal(secret: Uint8Array): FieldSeal {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'huizhen', purpose, 32));
  const key = derive('field-seal');
  const indexKey = derive('field-index');
  const encrypt = (plain: Uint8Array, context: string): Buffer => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  };
  const decrypt = (bytes: Uint8Array, context: string): Buffer => {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  };
  return {
    keyId: derive('field-seal-id').subarray(0, KEY_ID_BYTES).toString('hex'),
    seal: (plain, context) =>
      plain === '' ? '' : PREFIX + encrypt(Buffer.from(plain, 'utf8'), context).toString('base64'),
    open(sealed, context) {
      if (sealed === '') return '';
      if (!isSealed(sealed)) throw new Error('sealed under an unknown cipher');
      return decrypt(Buffer.from(sealed.slice(PREFIX.length), 'base64'), context).toString('utf8');
    },
    sealBytes: (plain, context) =>
      plain.length === 0 ? Buffer.alloc(0) : Buffer.concat([PREFIX_BYTES, encrypt(plain, context)]),
    openBytes(sealed, context) {
      if (sealed.length === 0) return Buffer.alloc(0);
      if (!isSealed(sealed)) throw new Error('sealed under an unknown cipher');
      return decrypt(sealed.subarray(PREFIX.length), context);
    },
    index: (value) => createHmac('sha256', indexKey).update(value).digest('hex'),
  };
}

/** In the folder of data, where the environment gives none. */
export const FIELD_KEY_FILE = 'field.key';

/** The key under which identifiers are sealed; servers that share a database share it through the environment. */
export function loadFieldSecret(dataDir: string, fromEnvironment: string | undefined): Promise<Uint8Array> {
  return loadSecret(dataDir, FIELD_KEY_FILE, fromEnvironment);
}
