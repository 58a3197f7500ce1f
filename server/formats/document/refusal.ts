import { Failure, type FailureReason } from '../../contract/failure.ts';

const refuse = (reason: FailureReason) => (message: string, cause?: unknown) =>
  new Failure('invalid-message', message, { reason, cause });

/** What stands in the file contradicts itself or the format. */
export const damaged = refuse('file-damaged');
/** The file ends before what it holds does. */
export const truncated = refuse('file-truncated');
/** It opens with a password alone. */
export const encrypted = refuse('pdf-encrypted');
/** It brings along what no page shows: other files, scripts, a form of its own or an earlier version. */
export const bearsHidden = refuse('pdf-hidden-content');
/** More bytes, pages or pixels than every computer can show. */
export const tooLarge = refuse('document-too-large');
/** It still says where, when or with what it was taken. */
export const bearsMetadata = refuse('photograph-metadata');
/** A picture that browsers do not all show. */
export const photographUnsupported = refuse('photograph-format-unsupported');
/** A text processor's or spreadsheet's own file. */
export const officeUnsupported = refuse('office-format-unsupported');
