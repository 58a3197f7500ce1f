import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
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
  return askBrowser(request, false);
}

async function askBrowser(
  request: SecurityKeyRequest,
  useBrowserAutofill: boolean,
): Promise<SecurityKeyAssertion | undefined> {
  try {
    const { response, id, rawId } = await startAuthentication({ optionsJSON: request, useBrowserAutofill });
    return { id, rawId, type: 'public-key', clientExtensionResults: {}, response };
  } catch {
    return undefined;
  }
}

/** Whether the browser offers passkeys among what it fills in for a name. */
export const supportsKeyAutofill = (): Promise<boolean> => browserSupportsWebAuthnAutofill();

/**
 * Has the browser offer passkeys beside the field of the name, which asks for `webauthn` in its `autocomplete`, for as long as this.
 * `late`: nobody has chosen one by then. Undefined: another request has taken its place, or {@link askNoMore}.
 */
export async function answerByAutofill(
  request: SecurityKeyRequest,
  forMs: number,
): Promise<SecurityKeyAssertion | 'late' | undefined> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    askNoMore();
  }, forMs);
  try {
    return (await askBrowser(request, true)) ?? (isLate ? 'late' : undefined);
  } finally {
    clearTimeout(timer);
  }
}

/** Whatever the browser is asking for it gives up. */
export const askNoMore = (): void => WebAuthnAbortService.cancelCeremony();

/** Has the person make one. `known`: this key is the account's already. */
export async function makeKey(creation: SecurityKeyCreation): Promise<SecurityKeyAttestation | 'known' | 'unused'> {
  try {
    const { response, id, rawId, clientExtensionResults } = await startRegistration({ optionsJSON: creation });
    const { clientDataJSON, attestationObject, transports } = response;
    const rk = clientExtensionResults.credProps?.rk;
    return {
      id,
      rawId,
      type: 'public-key',
      clientExtensionResults: rk === undefined ? {} : { credProps: { rk } },
      response: { clientDataJSON, attestationObject, ...(transports ? { transports } : {}) },
    };
  } catch (thrown) {
    const isKnown = thrown instanceof WebAuthnError && thrown.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
    return isKnown ? 'known' : 'unused';
  }
}
