/**
 * The wire version. A client of another version is refused with `version-mismatch` and told to reload.
 * Raise it with every change of a schema; test/server/contract/version.test.ts compares the hash of all schemas with the one pinned there.
 */
export const CONTRACT_VERSION = 57;
