import { type Consent, CURRENT_CONSENT_TEXT } from '../../server/contract/index.ts';

/** Signed on paper by the patient, to the consultation alone. */
export function signedConsent(signerName: string, changes: Partial<Consent> = {}): Consent {
  return {
    signer: 'patient',
    signerName,
    relation: null,
    reason: '',
    scopes: ['consult'],
    textVersion: CURRENT_CONSENT_TEXT,
    method: 'paper',
    evidenceSha256: null,
    given: true,
    ...changes,
  };
}
