import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { type ChainHead, GENESIS_HASH } from './chain.ts';

const Head = z.object({ sequence: z.number().int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** The heads of both chains at one moment, signed: whoever rewrites the database later cannot make them again. */
const Anchor = z.object({
  at: z.iso.datetime(),
  acts: Head,
  accesses: Head,
  /** SHA-256 of the line that was last before, so that a line taken out from between others is missed. */
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519 (RFC 8032) over the RFC 8785 form of the rest, base64. */
  signature: z.string(),
});
export type Anchor = z.infer<typeof Anchor>;

export interface AnchorKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** PKCS #8 of an Ed25519 key up to its 32 bytes, RFC 8410 section 7. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** @param secret 32 bytes or more, kept outside the database */
export function createAnchorKey(secret: Uint8Array): AnchorKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'huizhen', 'audit-anchor', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** One line of text, without its end. */
export function writeAnchor(
  key: AnchorKey,
  heads: { at: Date; acts: ChainHead; accesses: ChainHead },
  previousLine: string | undefined,
): string {
  const { at, acts, accesses } = heads;
  const previous = previousLine === undefined ? GENESIS_HASH : hashLine(previousLine);
  const content = { at: at.toISOString(), acts, accesses, previous };
  return JSON.stringify({ ...content, signature: sign(null, messageOf(content), key.privateKey).toString('base64') });
}

/** The anchor of a line; undefined where it is none, or is not signed with this key. */
export function readAnchor(key: AnchorKey, line: string): Anchor | undefined {
  const parsed = Anchor.safeParse(parseJson(line));
  if (!parsed.success) return undefined;
  const { signature, ...content } = parsed.data;
  return verify(null, messageOf(content), key.publicKey, Buffer.from(signature, 'base64')) ? parsed.data : undefined;
}

export function hashLine(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}

function messageOf(content: Omit<Anchor, 'signature'>): Uint8Array {
  return Buffer.from(canonicalize(content) ?? '');
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    // A line that is no JSON is no anchor either: the answer is the same.
    return undefined;
  }
}
