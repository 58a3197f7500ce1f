import {
  type Consent,
  type ConsentMethod,
  type ConsentScope,
  type ConsentSigner,
  CURRENT_CONSENT_TEXT,
} from '../../server/contract/consent.ts';
import type { PatientDraft } from '../../server/contract/patient.ts';

type Signing = Pick<PatientDraft, 'name' | 'guardian'>;

/** What each part of the form is given: the consent as it is being taken down, and whose it is. */
export interface ConsentPart {
  consent: Consent;
  patient: Signing;
  onChange: (consent: Consent) => void;
}

/** Nobody has signed yet. */
export function emptyConsent(scopes: ConsentScope[]): Consent {
  return {
    signer: 'patient',
    signerName: '',
    relation: null,
    reason: '',
    scopes,
    textVersion: CURRENT_CONSENT_TEXT,
    method: 'paper',
    evidenceSha256: null,
    given: false,
  };
}

/** A signature stands under what it was drawn for: whatever of that changes takes it away again. The wording is the one of today. */
export function withChange(consent: Consent, part: Partial<Consent>): Consent {
  const next = { ...consent, ...part, textVersion: CURRENT_CONSENT_TEXT };
  return next.method === 'drawn' ? { ...next, evidenceSha256: null, given: false } : next;
}

/** Who signs for themselves is the patient: no need to type the name again, nor to keep it when another signs. */
export function withSigner(consent: Consent, signer: ConsentSigner, { name, guardian }: Signing): Consent {
  const known = [name.trim(), guardian?.name.trim()];
  const isFilledIn = consent.signerName === '' || known.includes(consent.signerName);
  const filledIn = signer === 'patient' ? name.trim() : signer === 'guardian' ? (guardian?.name.trim() ?? '') : '';
  return withChange(consent, {
    signer,
    signerName: signer === 'patient' || isFilledIn ? filledIn : consent.signerName,
    // Nobody of the patient's side is there to agree to more, nor to draw.
    ...(signer === 'institution' && { scopes: ['consult'] }),
    ...(signer === 'institution' && consent.method === 'drawn' && { method: 'paper' }),
  });
}

export function withMethod(consent: Consent, method: ConsentMethod): Consent {
  return { ...consent, method, evidenceSha256: null, given: false };
}

export function withEvidence(consent: Consent, evidenceSha256: string | null, { name }: Signing): Consent {
  const signerName = consent.signerName || (consent.signer === 'patient' ? name.trim() : '');
  return { ...consent, signerName, evidenceSha256, given: evidenceSha256 !== null };
}
