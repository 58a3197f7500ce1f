import { randomUUID } from 'node:crypto';
import type { SfuControl } from '../../../sfu/control.ts';
import type { Asked } from '../../access/asked.ts';
import type { Caller } from '../../access/caller.ts';
import { demonstrationActions } from '../../access/demonstrations.ts';
import { findPeople } from '../../accounts/person.ts';
import { recordAct } from '../../audit/record.ts';
import { issueRoomTicket } from '../../call/ticket.ts';
import {
  type CallTicket,
  Failure,
  type OpenedPhoneCamera,
  type PhoneCameraInvitation,
  type PhoneCameraView,
} from '../../contract/index.ts';
import type { Stores, Work } from '../../store/stores.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import { findHallStanding } from '../hall/hall-standing.ts';
import type { HallParts } from '../hall/parts.ts';
import type { DemonstrationStores } from '../parts.ts';
import { hashPhoneSecret, INVITED_MS, MOST_PHONES, makePhoneSecret, type PhoneCamera } from './phone-camera.ts';

export interface PhoneParts extends Omit<HallParts, 'work' | 'sfu'> {
  work: Work<keyof DemonstrationStores | 'phoneCameras'>;
  sfu: HallParts['sfu'] & Pick<SfuControl, 'endRoom'>;
  /** Who stands behind these sign-ins now; those that have ended are left out. */
  findCallers(sessionIds: readonly string[]): Promise<Map<string, Caller>>;
}

/** Somebody of the theatre lets one telephone in, by a code that is good once. @throws Failure conflict where there are too many */
export async function invitePhone(
  parts: PhoneParts,
  asked: Asked,
  demonstrationId: string,
): Promise<PhoneCameraInvitation> {
  const { caller, at } = asked;
  const secret = makePhoneSecret();
  const camera: PhoneCamera = {
    cameraId: randomUUID(),
    demonstrationId,
    accountId: caller.accountId,
    facilityId: caller.facilityId,
    sessionId: caller.sessionId,
    secretHash: hashPhoneSecret(secret),
    createdAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + INVITED_MS).toISOString(),
    openedAt: null,
    keyHash: null,
    endedAt: null,
  };
  await parts.work.write(async (stores) => {
    await getDemonstrationFor(parts, stores, caller, demonstrationId, 'arrange-inputs', { at, lock: true });
    const all = await stores.phoneCameras.listOf(demonstrationId, caller.accountId);
    const open = all.filter((one) => isGoodFor(caller, one, at));
    if (open.length >= MOST_PHONES)
      throw new Failure('conflict', 'too many telephones', { reason: 'state-not-allowed' });
    await stores.phoneCameras.insert(camera);
    await record(stores, asked, 'phone-camera:invite', camera);
  });
  const { cameraId, expiresAt } = camera;
  return { cameraId, secret, expiresAt };
}

/** Those that the caller has invited, for a page of the theatre that was opened anew. */
export async function listPhones(
  parts: PhoneParts,
  { caller, at }: Asked,
  demonstrationId: string,
): Promise<{ cameras: PhoneCameraView[] }> {
  const { read } = parts.work;
  await getDemonstrationFor(parts, read, caller, demonstrationId, 'arrange-inputs', { at });
  const cameras = await read.phoneCameras.listOf(demonstrationId, caller.accountId);
  return {
    cameras: cameras
      .filter((one) => isGoodFor(caller, one, at))
      .map(({ cameraId, openedAt, expiresAt }) => ({ cameraId, isOpened: openedAt !== null, expiresAt })),
  };
}

/** Lets the theatre's page into the room of a telephone that its person has invited: to receive, and nothing else. */
export async function watchPhone(
  parts: PhoneParts,
  asked: Asked,
  { demonstrationId, cameraId }: { demonstrationId: string; cameraId: string },
): Promise<CallTicket> {
  await getOwn(parts, asked, { demonstrationId, cameraId });
  return issueRoomTicket(parts, asked, { roomId: cameraId, mayPublish: [] });
}

/** The telephone is let go: its room ends, and its key opens nothing. */
export async function endPhone(
  parts: PhoneParts,
  asked: Asked,
  which: { demonstrationId: string; cameraId: string },
): Promise<Record<string, never>> {
  const camera = await getOwn(parts, asked, which);
  await parts.work.write(async (stores) => {
    if (await stores.phoneCameras.end(camera.cameraId, asked.at.toISOString()))
      await record(stores, asked, 'phone-camera:end', camera);
  });
  await parts.sfu.endRoom(camera.cameraId).catch((err: unknown) => {
    // Whoever looks at the rooms does it later.
    parts.log.warn({ err, cameraId: camera.cameraId }, 'the sfu could not be told that a telephone was let go');
  });
  return {};
}

/**
 * The telephone has read the code, which is used up by that: of two who read it one is let in.
 * @throws Failure not-found / link-unknown; conflict / link-used, link-expired
 */
export async function openPhone(
  parts: PhoneParts,
  { requestId, at }: Omit<Asked, 'caller'>,
  secret: string,
): Promise<OpenedPhoneCamera> {
  const { read } = parts.work;
  const camera = await read.phoneCameras.findByHash(hashPhoneSecret(secret));
  if (!camera || camera.endedAt !== null) throw unknown();
  if (camera.openedAt !== null) throw used();
  if (at.toISOString() >= camera.expiresAt)
    throw new Failure('conflict', 'the code has expired', { reason: 'link-expired' });
  await getInviter(parts, camera, at);
  const key = makePhoneSecret();
  await parts.work.write(async (stores) => {
    const opened = { openedAt: at.toISOString(), keyHash: hashPhoneSecret(key) };
    if (!(await stores.phoneCameras.open(camera.cameraId, opened))) throw used();
    await record(stores, { caller: null, requestId, at }, 'phone-camera:open', camera);
  });
  const demonstration = await read.demonstrations.find(camera.demonstrationId);
  const people = await findPeople(
    read,
    demonstration ? [{ ...demonstration, accountId: demonstration.surgeonId }] : [],
  );
  const surgeon = people.get(demonstration?.surgeonId ?? '');
  return {
    cameraId: camera.cameraId,
    key,
    title: demonstration?.title ?? '',
    surgeonName: surgeon?.name ?? '',
    facilityName: surgeon?.facilityName ?? '',
  };
}

/** Lets the telephone into its room: to send one camera, and nothing else. @throws Failure not-found / link-unknown */
export async function admitPhone(
  parts: PhoneParts,
  at: Date,
  { cameraId, key }: { cameraId: string; key: string },
): Promise<CallTicket> {
  const camera = await parts.work.read.phoneCameras.find(cameraId);
  if (!camera || camera.endedAt !== null || camera.keyHash !== hashPhoneSecret(key)) throw unknown();
  const inviter = await getInviter(parts, camera, at);
  // Not a window of that person: the two are in one room.
  const caller = { ...inviter, accountId: cameraId };
  return issueRoomTicket(parts, { caller, at }, { roomId: cameraId, mayPublish: ['video'] });
}

/** Whoever invited it, as they are now. @throws Failure not-found where they are of the theatre no more, or it is over */
async function getInviter(parts: PhoneParts, camera: PhoneCamera, at: Date): Promise<Caller> {
  const caller = (await parts.findCallers([camera.sessionId])).get(camera.sessionId);
  const demonstration = await parts.work.read.demonstrations.find(camera.demonstrationId);
  const standing = demonstration && (await findHallStanding(parts.work.read, demonstration, at));
  if (!caller || !standing || !demonstrationActions(standing(caller)).includes('arrange-inputs')) throw unknown();
  return caller;
}

async function getOwn(
  parts: PhoneParts,
  { caller, at }: Asked,
  { demonstrationId, cameraId }: { demonstrationId: string; cameraId: string },
): Promise<PhoneCamera> {
  const { read } = parts.work;
  await getDemonstrationFor(parts, read, caller, demonstrationId, 'arrange-inputs', { at });
  const camera = await read.phoneCameras.find(cameraId);
  const isOwn = camera?.demonstrationId === demonstrationId && camera.accountId === caller.accountId;
  if (!camera || !isOwn || camera.endedAt !== null) throw new Failure('not-found', 'no such telephone of yours');
  return camera;
}

/** It is open or its code may still be read, and this sign-in sees it and can let it go. */
const isGoodFor = (caller: Caller, { openedAt, expiresAt, sessionId }: PhoneCamera, at: Date): boolean =>
  sessionId === caller.sessionId && (openedAt !== null || at.toISOString() < expiresAt);

const unknown = (): Failure => new Failure('not-found', 'no such telephone', { reason: 'link-unknown' });
const used = (): Failure => new Failure('conflict', 'the code was used', { reason: 'link-used' });

function record(
  stores: Pick<Stores, 'audit'>,
  asked: Omit<Asked, 'caller'> & { caller: Caller | null },
  action: string,
  { demonstrationId, cameraId }: PhoneCamera,
): Promise<void> {
  return recordAct(stores.audit, asked, {
    action,
    subjectKind: 'demonstration',
    subjectId: demonstrationId,
    detail: { cameraId },
  });
}
