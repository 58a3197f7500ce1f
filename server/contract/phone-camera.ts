import { z } from 'zod';
import { Id, Instant } from './primitives.ts';

/*
 * A telephone as a camera of the operating theatre. Its picture goes to the theatre's own computer alone, which masks it and sends it on as any
 * other input: nobody else is let into the room in which the two meet.
 */

/** What stands in the QR code, behind `/phone-camera#`: good once, for a few minutes. Nobody is told it again. */
export const PhoneCameraInvitation = z.object({ cameraId: Id, secret: z.string(), expiresAt: Instant });
export type PhoneCameraInvitation = z.infer<typeof PhoneCameraInvitation>;

/** A telephone that the caller has invited and that has not been let go. */
export const PhoneCameraView = z.object({
  cameraId: Id,
  /** The code was read: the telephone may send. */
  isOpened: z.boolean(),
  expiresAt: Instant,
});
export type PhoneCameraView = z.infer<typeof PhoneCameraView>;
export const PhoneCameraList = z.object({ cameras: z.array(PhoneCameraView) });

export const PhoneCameraSecret = z.object({ secret: z.string().min(1).max(64) });

/** What the telephone is told of where its picture goes. `key` opens the room from then on, in its place of the code. */
export const OpenedPhoneCamera = z.object({
  cameraId: Id,
  key: z.string(),
  title: z.string(),
  surgeonName: z.string(),
  facilityName: z.string(),
});
export type OpenedPhoneCamera = z.infer<typeof OpenedPhoneCamera>;

export const PhoneCameraKey = z.object({ cameraId: Id, key: z.string().min(1).max(64) });
