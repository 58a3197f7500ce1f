import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Asked } from '../access/asked.ts';
import { isWithin } from '../access/people.ts';
import { isInForce } from '../accounts/appointment.ts';
import { findRemit, getAccountFor, type PeopleParts } from '../accounts/people.ts';
import { recordAct } from '../audit/record.ts';
import { Failure } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';

export interface PhotoParts {
  people: PeopleParts;
  work: Work<'accounts' | 'consultations' | 'practitioners'>;
}

/** A photograph of a telephone, as it is taken. */
const MAX_BYTES = 10 * 1024 ** 2;
const MAX_PIXELS = 60_000_000;
/** Twice as large as it is shown. */
const SIDE_PX = 320;

/**
 * Keeps a person's photograph: upright, square, small, and without anything else that the file said, as where it was taken.
 * @throws Failure as `getAccountFor`; too-large / file-too-large, invalid-message / file-empty, photograph-format-unsupported, file-damaged
 */
export async function putPhoto(
  { people }: PhotoParts,
  asked: Asked,
  accountId: string,
  source: AsyncIterable<Uint8Array>,
): Promise<{ sha256: string }> {
  // Before a byte is read: strangers store nothing.
  await getAccountFor(people, people.work.read, asked, accountId, 'edit');
  const jpeg = await reduce(await collect(source));
  const sha256 = createHash('sha256').update(jpeg).digest('hex');
  await people.work.write(async (stores) => {
    await getAccountFor(people, stores, asked, accountId, 'edit');
    await stores.practitioners.putPhoto({ accountId, sha256, data: jpeg.toString('base64') });
    await recordAct(stores.audit, asked, {
      action: 'photo:put',
      subjectKind: 'account',
      subjectId: accountId,
      detail: { sha256 },
    });
  });
  return { sha256 };
}

/** @throws Failure as `getAccountFor` */
export async function removePhoto({ people }: PhotoParts, asked: Asked, accountId: string): Promise<void> {
  await people.work.write(async (stores) => {
    await getAccountFor(people, stores, asked, accountId, 'edit');
    if (!(await stores.practitioners.removePhoto(accountId))) return;
    await recordAct(stores.audit, asked, { action: 'photo:remove', subjectKind: 'account', subjectId: accountId });
  });
}

/**
 * For the person, those who answer for the account, colleagues of the same facility, and whoever takes part in a case together with them.
 * @returns undefined where there is none. @throws Failure not-found to everybody else
 */
export async function readPhoto(
  parts: PhotoParts,
  { caller, at }: Asked,
  accountId: string,
): Promise<{ jpeg: Buffer; sha256: string } | undefined> {
  const { read } = parts.work;
  const account = await read.accounts.find(accountId);
  const isSeen =
    account &&
    (accountId === caller.accountId ||
      (await read.accounts.listAppointments([accountId])).some(
        (one) => one.facilityId === caller.facilityId && isInForce(one, at),
      ) ||
      isWithin(await findRemit(parts.people, caller), account.facilityId) ||
      (await read.consultations.shareCase(caller.accountId, accountId, at)));
  if (!isSeen) throw new Failure('not-found', 'no such person');
  const photo = await read.practitioners.findPhoto(accountId);
  return photo && { jpeg: Buffer.from(photo.data, 'base64'), sha256: photo.sha256 };
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of source) {
    sizeBytes += piece.length;
    if (sizeBytes > MAX_BYTES)
      throw new Failure('too-large', 'the photograph is too large', { reason: 'file-too-large' });
    pieces.push(piece);
  }
  if (sizeBytes === 0) throw new Failure('invalid-message', 'the file is empty', { reason: 'file-empty' });
  return Buffer.concat(pieces);
}

/** JPEG (ITU-T T.81, B.1.1.3) and PNG (third edition, section 5.2) by their first bytes. */
const MARKS = [Buffer.from([0xff, 0xd8, 0xff]), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])];

async function reduce(bytes: Buffer): Promise<Buffer> {
  if (!MARKS.some((mark) => mark.equals(bytes.subarray(0, mark.length))))
    throw new Failure('invalid-message', 'neither JPEG nor PNG', { reason: 'photograph-format-unsupported' });
  try {
    // Written anew from its pixels: nothing of the file itself goes on.
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .resize(SIDE_PX, SIDE_PX, { fit: 'cover', position: 'top' })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer();
  } catch (cause) {
    throw new Failure('invalid-message', 'the photograph cannot be read', { reason: 'file-damaged', cause });
  }
}
