import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type {
  FactorProof,
  SecurityKeyAssertion,
  SecurityKeyAttestation,
  SecurityKeyCreation,
  SecurityKeyRequest,
} from '../../server/contract/index.ts';
import { type Client, createClient, RefusedError } from './client.ts';
import { cookieOf } from './second-factor.ts';

/** What a key says that it should not, or says rightly. */
export interface Answer {
  origin?: string;
  rpId?: string;
  challenge?: string;
  userHandle?: string;
  /** Whether it has asked its owner for a PIN, a finger or a face; left out: it has. */
  isVerified?: boolean;
}

/** An authenticator with one credential, written byte by byte after WebAuthn level 3 sections 6.1 and 6.5, without attestation. */
export interface SoftKey {
  /** Of its next assertion; it counts up by itself, unless it does not count at all. */
  counter: number;
  make(creation: SecurityKeyCreation, origin: string, answer?: Answer): SecurityKeyAttestation;
  use(request: SecurityKeyRequest, origin: string, answer?: Answer): SecurityKeyAssertion;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;
const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** @param tells whether its browser says that it finds its account by itself. */
export function softKey({ counts = true, tells = true }: { counts?: boolean; tells?: boolean } = {}): SoftKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  // COSE_Key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}, 32 bytes each.
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);
  const head = (rpId: string, flags: number, counter: number) => {
    const rest = Buffer.alloc(5);
    rest.writeUInt8(flags, 0);
    rest.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), rest]);
  };
  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const credential = { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  let madeFor: string | undefined;
  const key: SoftKey = {
    counter: counts ? 1 : 0,
    make(creation, origin, answer = {}) {
      madeFor = creation.user.id;
      const authData = Buffer.concat([
        head(answer.rpId ?? creation.rp.id, USER_PRESENT | USER_VERIFIED | ATTESTED, 0),
        Buffer.alloc(16),
        Buffer.from([0, credentialId.length]),
        credentialId,
        cose,
      ]);
      // {"fmt": "none", "attStmt": {}, "authData": bytes}
      const attestationObject = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([authData.length]),
        authData,
      ]);
      const data = clientData('webauthn.create', answer.challenge ?? creation.challenge, answer.origin ?? origin);
      return {
        ...credential,
        clientExtensionResults: tells ? { credProps: { rk: true } } : {},
        response: {
          clientDataJSON: data.toString('base64url'),
          attestationObject: attestationObject.toString('base64url'),
          transports: ['usb'],
        },
      };
    },
    use(request, origin, answer = {}) {
      const flags = USER_PRESENT | (answer.isVerified === false ? 0 : USER_VERIFIED);
      const authenticatorData = head(answer.rpId ?? request.rpId, flags, key.counter);
      // One that was asked for by its credential need not name its account (section 6.3.3, step 12).
      const userHandle = answer.userHandle ?? (request.allowCredentials.length === 0 ? madeFor : undefined);
      if (counts) key.counter += 1;
      const data = clientData('webauthn.get', answer.challenge ?? request.challenge, answer.origin ?? origin);
      return {
        ...credential,
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authenticatorData.toString('base64url'),
          signature: sign('sha256', Buffer.concat([authenticatorData, sha256(data)]), privateKey).toString('base64url'),
          ...(userHandle ? { userHandle } : {}),
        },
      };
    },
  };
  return key;
}

/** Browsers hand no key to an address of digits: the same server by a name. */
export const namedUrl = (url: string): string => url.replace('127.0.0.1', 'localhost');

/** The same person, at the name. */
export const named = ({ url, cookie }: Client): Client => createClient(namedUrl(url), cookie);

/** Adds a key for a signed-in person, as their page does. @param proof where there is a factor already */
export async function addKey(
  client: Client,
  password: string,
  { key = softKey(), name = '钥匙', proof }: { key?: SoftKey; name?: string; proof?: FactorProof } = {},
): Promise<{ key: SoftKey; recoveryCodes: string[] | null }> {
  const creation = await client.call('security-key:begin', { body: { password, ...(proof ? { proof } : {}) } });
  const attestation = key.make(creation, client.url);
  const { recoveryCodes } = await client.call('security-key:add', { body: { name, attestation } });
  return { key, recoveryCodes };
}

/** A proof for what is asked within a session. */
export async function proveBy(
  key: SoftKey,
  client: Client,
  purpose: 'proof' | 'change',
): Promise<Extract<FactorProof, { kind: 'security-key' }>> {
  const request = await client.call('second-factor:challenge', { body: { purpose } });
  return { kind: 'security-key', assertion: key.use(request, client.url) };
}

/** A browser in which nobody is signed in, with what its passkeys are asked. */
export async function askPasskey(url: string, cookie = ''): Promise<{ browser: Client; request: SecurityKeyRequest }> {
  const response = await createClient(url, cookie).fetch('/api/session/passkey/challenge', { method: 'POST' });
  const answer = (await response.json()) as SecurityKeyRequest;
  if (response.status !== 201) throw new RefusedError('passkey:challenge', response.status, answer);
  return { browser: createClient(url, cookieOf(response) || cookie), request: answer };
}

/** Signs in with a passkey alone. @throws RefusedError */
export async function openByPasskey(browser: Client, assertion: SecurityKeyAssertion): Promise<Client> {
  const response = await browser.fetch('/api/session/passkey', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ assertion }),
  });
  if (response.status !== 201)
    throw new RefusedError('session:open-by-passkey', response.status, await response.json());
  return createClient(browser.url, cookieOf(response));
}
