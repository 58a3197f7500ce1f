import type { AdoptionDecision, ConsultationDraft, OpinionDraft } from '../contract/index.ts';
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
