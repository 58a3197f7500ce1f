import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import type {
  SecurityKeyAssertion,
  SecurityKeyAttestation,
  SecurityKeyCreation,
  SecurityKeyRequest,
} from '../../server/contract/security-key.ts';

/** Whether this browser knows security keys at all; whether the address is one for them is the server's to say. */
export const supportsKeys = (): boolean => browserSupportsWebAuthn();

/** Has the person use one of their keys. Undefined: given up, too late, or none at hand; browsers do not tell which. */
export async function answerByKey(request: SecurityKeyRequest): Promise<SecurityKeyAssertion | undefined> {
  try {
    const { response, id, rawId } = await startAuthentication({ optionsJSON: request });
    return { id, rawId, type: 'public-key', clientExtensionResults: {}, response };
  } catch {
    return undefined;
  }
}

/** Has the person make one. `known`: this key is the account's already. */
export async function makeKey(creation: SecurityKeyCreation): Promise<SecurityKeyAttestation | 'known' | 'unused'> {
  try {
    const { response, id, rawId } = await startRegistration({ optionsJSON: creation });
    const { clientDataJSON, attestationObject, transports } = response;
    return {
      id,
      rawId,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON, attestationObject, ...(transports ? { transports } : {}) },
    };
  } catch (thrown) {
    const isKnown = thrown instanceof WebAuthnError && thrown.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
    return isKnown ? 'known' : 'unused';
  }
}
