import { z } from 'zod';

/** A random identifier as used in addresses; never a number that can be counted up. */
export const Id = z.uuid();
/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime();
/** A calendar date without a time zone, `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();
/** DICOM unique identifier, PS3.5 section 9.1: up to 64 characters of digits and dots. */
export const DicomUid = z
  .string()
  .regex(/^[0-9]+(\.[0-9]+)*$/)
  .max(64);
/** SHA-256 of a file's bytes, lower-case hexadecimal. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const Empty = z.object({});

/** The version that a change was made on. */
export const VersionInput = z.object({ version: z.number().int() });
export const ReasonInput = VersionInput.extend({ reason: z.string().trim().max(1000) });
