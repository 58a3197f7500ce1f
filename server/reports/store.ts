import type { Adoption, OpinionDraft, Signature } from '../contract/index.ts';

/** The opinion as it is being written; one a case, gone once it is signed. */
export interface StoredOpinion {
  consultationId: string;
  version: number;
  opinion: OpinionDraft;
  authorId: string;
  savedAt: string;
}

/** A signed report: written once, never changed. */
export interface StoredReport {
  reportId: string;
  consultationId: string;
  version: number;
  /** Of the opinion that was signed: one written later counts on from it. */
  opinionVersion: number;
  authorId: string;
  signedAt: string;
  /** The signed bytes: RFC 8785 canonical form of a ReportContent. */
  canonical: string;
  signature: Signature;
}

/** The requester's answer to a report. */
export interface Acknowledgement {
  reportId: string;
  adoptions: Adoption[];
  acknowledgedBy: string;
  acknowledgedAt: string;
}

/** A picture that was sent for the reports of a case; its bytes lie in the file store under the hash. */
export interface KeyImageFile {
  consultationId: string;
  sha256: string;
  sizeBytes: number;
  addedBy: string;
  addedAt: string;
}

export interface ReportStore {
  findOpinion(consultationId: string): Promise<StoredOpinion | undefined>;
  /** Writes the opinion where the stored one is at `version` (0: none yet). @returns whether it was. */
  saveOpinion(opinion: StoredOpinion, version: number): Promise<boolean>;
  /** @throws where there is one already. */
  insertOpinion(opinion: StoredOpinion): Promise<void>;
  deleteOpinion(consultationId: string): Promise<void>;

  /** @throws where the case has a report of this version already: none takes the place of another. */
  insert(report: StoredReport): Promise<void>;
  /** The valid report: the last one. */
  findValid(consultationId: string): Promise<StoredReport | undefined>;
  /** All of a case, from version 1 on. */
  listByConsultation(consultationId: string): Promise<StoredReport[]>;
  /** Which report is valid, without its content. */
  findHead(consultationId: string): Promise<{ reportId: string; version: number } | undefined>;
  insertAcknowledgement(acknowledgement: Acknowledgement): Promise<void>;
  findAcknowledgement(reportId: string): Promise<Acknowledgement | undefined>;

  insertKeyImage(image: KeyImageFile): Promise<void>;
  findKeyImage(consultationId: string, sha256: string): Promise<KeyImageFile | undefined>;
}
