import {
  type AdoptionDecision,
  type Consent,
  type ConsultationDraft,
  CURRENT_CONSENT_TEXT,
  type OpinionDraft,
} from '../contract/index.ts';
import type { MarkedPicture } from './key-images/marked-picture.ts';

/** One case of the demo network, ready to be entered: pictures made, texts written, nothing stored yet. */
export interface DemoCase {
  /** When the county physician begins to write. */
  beginsAt: Date;
  application: Omit<ConsultationDraft, 'invitedFacilityId'>;
  files: { name: string; bytes: Uint8Array }[];
  /** null: it waits for a specialist. */
  answer: DemoAnswer | null;
}

export interface DemoAnswer extends Pick<OpinionDraft, 'findings' | 'diagnosis'> {
  /** Minutes from the submission until the case is accepted, from that until the call or, in writing, the reading, and from the signature until it is acknowledged. */
  pace: { acceptMin: number; answerMin: number; acknowledgeMin: number };
  chat: { by: 'county' | 'specialist'; text: string }[];
  /** `reason`: why it is not simply adopted. */
  recommendations: { text: string; decision: AdoptionDecision; reason: string }[];
  picture: MarkedPicture;
}

/** The patient, or a relative, has signed the paper that the hospital keeps. */
export function signedOnPaper(signerName: string, of: Partial<Pick<Consent, 'relation' | 'scopes'>> = {}): Consent {
  return {
    signer: of.relation ? 'relative' : 'patient',
    signerName,
    relation: null,
    reason: '',
    scopes: ['consult'],
    textVersion: CURRENT_CONSENT_TEXT,
    method: 'paper',
    evidenceSha256: null,
    given: true,
    ...of,
  };
}
