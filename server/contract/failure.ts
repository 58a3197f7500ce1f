/** The closed list of failure codes; each has one HTTP status, one log level and one fate of the connection. */
export const FAILURE_CODES = [
  'invalid-message',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'too-large',
  'rate-limited',
  'version-mismatch',
  'unavailable',
  'internal',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/**
 * What exactly happened, where the code alone does not tell a person what to do.
 * Closed: every reason has a sentence in each language of the client (`failures.<reason>`).
 */
export const FAILURE_REASONS = [
  // signing in
  'wrong-password',
  'account-locked',
  'session-expired',
  'cross-site',
  'too-many-windows',
  'no-appointment',
  'appointment-ended',
  // the second factor
  'second-factor-needed',
  'second-factor-unknown',
  'second-factor-required',
  'second-factor-missing',
  'second-factor-stale',
  'second-factor-locked',
  'sign-in-expired',
  'code-wrong',
  'code-used',
  'recovery-code-wrong',
  'security-key-wrong',
  'security-key-counter',
  'security-key-taken',
  'security-key-address',
  'passkey-unknown',
  'passkey-not-alone',
  'second-factor-last',
  'own-password',
  // one-time links and passwords
  'link-unknown',
  'link-used',
  'link-expired',
  'link-own',
  'old-password',
  'password-too-short',
  'password-common',
  'password-phone',
  'password-birthday',
  'password-pinyin',
  'password-repetitive',
  'password-own-name',
  'password-facility',
  'password-unchanged',
  // accounts
  'login-taken',
  'person-unknown',
  'last-administrator',
  'roles-not-apart',
  'second-needed',
  'proposal-open',
  'proposal-changes-nothing',
  'proposal-decided',
  'proposal-expired',
  'administrator-exists',
  'demo-account',
  // licences of those who practise
  'licence-number-length',
  'licence-number-qualification',
  'licence-dates',
  'independent-in-future',
  'licence-expired',
  'licence-upcoming',
  'colleague-without-licence',
  // machines
  'machine-expired',
  'machine-scope',
  'machine-reading',
  'machine-unconfirmed',
  'machine-lapsed',
  // consultations
  'draft-incomplete',
  'version-outdated',
  'state-not-allowed',
  'already-accepted',
  'consent-missing',
  'evidence-missing',
  'evidence-damaged',
  'evidence-other-key',
  'agreement-missing',
  'service-not-agreed',
  'facility-closed',
  'reason-missing',
  // demonstrations
  'patient-named',
  'file-names-patient',
  'plan-incomplete',
  'plan-signed',
  'enrolment-closed',
  'enrolment-full',
  'people-not-apart',
  'credit-second-person',
  'recording-not-consented',
  'replay-second-person',
  'pictures-added',
  'voices-full',
  'check-over',
  'cut-newer',
  'asked-too-soon',
  'hands-offered',
  // the register of patients
  'patients-contradict',
  'patient-merged',
  // facilities and what they agree
  'facility-circular',
  'facility-has-others-below',
  'code-taken',
  'agreement-incomplete',
  'agreement-overlaps',
  'agreement-signed',
  'signed-copy-missing',
  'signed-copy-not-pdf',
  // tables that are imported
  'table-empty',
  'table-encoding',
  'table-too-large',
  'table-old-excel',
  'table-unknown',
  'table-damaged',
  'table-columns-missing',
  'table-columns-doubled',
  'import-expired',
  'import-has-faults',
  'import-outdated',
  // uploads and images
  'not-dicom',
  'file-empty',
  'file-truncated',
  'file-damaged',
  'file-too-large',
  'uploads-unfinished',
  'hash-mismatch',
  'offset-mismatch',
  'storage-full',
  'instance-differs',
  'no-pixels',
  'transfer-syntax-unsupported',
  'no-ecg',
  'ecg-format-unsupported',
  'waveform-uncalibrated',
  'waveform-inconsistent',
  'waveform-encoding-unsupported',
  'not-slide',
  'slide-not-tiled',
  'slide-encoding-unsupported',
  'slide-only-label',
  'uid-too-long',
  'pdf-encrypted',
  'pdf-hidden-content',
  'document-too-large',
  'photograph-metadata',
  'photograph-format-unsupported',
  'office-format-unsupported',
  // reports
  'report-signed',
  'signature-password',
  'adoption-incomplete',
  // annotations
  'not-author',
  'annotation-changed',
  // calls
  'token-invalid',
  'token-expired',
  'room-closed',
  'sfu-unreachable',
  'media-preparing',
  'media-failed',
  'in-other-window',
  // everything
  'database-unreachable',
  'field-key-changed',
  'field-key-changing',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

export interface FailureDetails {
  reason?: FailureReason;
  fields?: string[];
  retryAfterS?: number;
  /** Set where the failure came over the wire: what to quote to whoever reads the server's log. */
  requestId?: string;
  cause?: unknown;
}

/** The one error type that handlers throw on purpose. Anything else that is thrown is a bug and answered as `internal`. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly reason: FailureReason | undefined;
  readonly fields: string[] | undefined;
  readonly retryAfterS: number | undefined;
  readonly requestId: string | undefined;

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'Failure';
    this.code = code;
    this.reason = details.reason;
    this.fields = details.fields;
    this.retryAfterS = details.retryAfterS;
    this.requestId = details.requestId;
  }
}
