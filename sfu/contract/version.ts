/**
 * The wire version of the media signalling, sent in the handshake. A client of another version is refused with `version-mismatch`.
 * Raise it with every change of a schema; a test compares the hash of all schemas with the one pinned there.
 */
export const SFU_CONTRACT_VERSION = 10;

/** Where the signalling lives; beside the server's own `/socket.io`, so that both may share a port. */
export const SFU_SOCKET_PATH = '/sfu/socket.io';
