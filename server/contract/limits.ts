// What browser and server hold to alike. Without schemas, so that the browser's workers need not load any.

/**
 * NIST SP 800-63B asks for 8 characters at least (revision 3), 15 where nothing but a password is asked for (revision 4). Ten: guesses
 * are counted and locked here, a hash costs 32 MiB, and longer ones end on a note beside the shared PC of a county hospital.
 */
export const MIN_PASSWORD_LENGTH = 10;

/** The largest file that is taken in one upload. */
export const MAX_FILE_BYTES = 2 * 1024 ** 3;
/** The largest piece that one request carries. Small enough to finish within seconds on a 2 Mbit/s line. */
export const UPLOAD_CHUNK_BYTES = 256 * 1024;

/** What a document may be at most: larger ones are refused, so that every computer can show what was taken. */
export const MAX_DOCUMENT_BYTES = 100 * 1024 ** 2;
export const MAX_DOCUMENT_PAGES = 2000;
/** A telephone's largest photograph has about as many. */
export const MAX_PHOTOGRAPH_PIXELS = 110e6;
