import type { EntitySchema } from 'typeorm';
import {
  AccountRow,
  AppointmentRow,
  DraftKeyRow,
  FormerSigningKeyRow,
  OneTimeLinkRow,
  SessionRow,
  SigningKeyRow,
} from './account/rows.ts';
import { FactorResetRow, PendingSignInRow, RecoveryCodeRow, TotpRow } from './account/second-factor-rows.ts';
import { KeyChallengeRow, SecurityKeyRow } from './account/security-key-rows.ts';
import { askingRows } from './asking/rows.ts';
import { AttemptRow, KnownOriginRow } from './attempt/rows.ts';
import { AccessRow, AuditHeadRow, AuditRow } from './audit/rows.ts';
import { CallRow, RingStopRow } from './call/rows.ts';
import { ChatRow } from './chat/rows.ts';
import { ConsentEvidenceRow, ConsentRow, ConsentWithdrawalRow } from './consent/rows.ts';
import { ConsultationRow, GrantRow } from './consultation/rows.ts';
import { CheckAnswerRow, PresenceCheckRow } from './demonstration/check-store.ts';
import { AssessedRow, CreditCorrectionRow, CreditRow } from './demonstration/credit-store.ts';
import { HallRow, VoiceRow } from './demonstration/hall-rows.ts';
import { PhoneCameraRow } from './demonstration/phone-camera-rows.ts';
import {
  DemonstrationAudienceRow,
  DemonstrationEnrolmentRow,
  DemonstrationMaterialRow,
  DemonstrationPresenceRow,
  DemonstrationReminderRow,
  DemonstrationRow,
  DemonstrationSeatRow,
  DemonstrationServedRow,
} from './demonstration/rows.ts';
import { AgreementReminderRow, AgreementRow, AllianceRow, FacilityRow } from './facility/rows.ts';
import { FieldKeyRow } from './field-key/rows.ts';
import { KeptImportRow } from './import/rows.ts';
import { MachineRow } from './machine/rows.ts';
import { NoticeRow } from './notice/store.ts';
import { PatientGuardianRow, PatientIdentifierRow, PatientMergeRow, PatientRow } from './patient/rows.ts';
import { PolicyRow, ProposalRow } from './policy/rows.ts';
import { LicenceReminderRow, PractitionerPhotoRow, PractitionerRow } from './practitioner/rows.ts';
import { ProgramRow, RecordingRow, ReplayRow } from './recording/rows.ts';
import { AcknowledgementRow, KeyImageRow, OpinionRow, ReportRow } from './report/rows.ts';
import { ActRow, AnnotationRow, PresentingRow } from './review/rows.ts';
import { showingRows } from './showing/rows.ts';
import {
  InstanceMetadataRow,
  InstanceRow,
  MaterialInstanceRow,
  MaterialRow,
  NamedPatientRow,
  PictureFileRow,
  SeriesRow,
  StudyRow,
  UploadRow,
} from './study/rows.ts';

/** Every table. A noun adds its rows here. */
// biome-ignore lint/suspicious/noExplicitAny: a list of schemas of different rows has no narrower type in TypeORM
export const rows: EntitySchema<any>[] = [
  AttemptRow,
  KnownOriginRow,
  AuditRow,
  AuditHeadRow,
  AccessRow,
  AccountRow,
  AppointmentRow,
  SessionRow,
  SigningKeyRow,
  FormerSigningKeyRow,
  DraftKeyRow,
  OneTimeLinkRow,
  TotpRow,
  RecoveryCodeRow,
  PendingSignInRow,
  FactorResetRow,
  FieldKeyRow,
  SecurityKeyRow,
  KeyChallengeRow,
  PractitionerRow,
  PractitionerPhotoRow,
  LicenceReminderRow,
  PolicyRow,
  ProposalRow,
  FacilityRow,
  AgreementRow,
  AgreementReminderRow,
  AllianceRow,
  PatientRow,
  PatientIdentifierRow,
  PatientGuardianRow,
  PatientMergeRow,
  ConsultationRow,
  GrantRow,
  ConsentRow,
  ConsentWithdrawalRow,
  ConsentEvidenceRow,
  DemonstrationRow,
  DemonstrationSeatRow,
  DemonstrationServedRow,
  DemonstrationAudienceRow,
  DemonstrationMaterialRow,
  DemonstrationEnrolmentRow,
  DemonstrationPresenceRow,
  DemonstrationReminderRow,
  AssessedRow,
  CreditRow,
  CreditCorrectionRow,
  PresenceCheckRow,
  CheckAnswerRow,
  HallRow,
  VoiceRow,
  PhoneCameraRow,
  RecordingRow,
  ProgramRow,
  ReplayRow,
  ...askingRows,
  CallRow,
  RingStopRow,
  OpinionRow,
  ReportRow,
  AcknowledgementRow,
  KeyImageRow,
  AnnotationRow,
  ActRow,
  PresentingRow,
  ...showingRows,
  ChatRow,
  NoticeRow,
  MachineRow,
  KeptImportRow,
  NamedPatientRow,
  StudyRow,
  SeriesRow,
  InstanceRow,
  InstanceMetadataRow,
  PictureFileRow,
  MaterialRow,
  MaterialInstanceRow,
  UploadRow,
];
