import type { Asked } from '../../access/asked.ts';
import type { Caller } from '../../access/caller.ts';
import type { Archive } from '../../archive/archive.ts';
import type { FileStore, ReceivedFile } from '../../archive/file-store.ts';
import type { Inspection } from '../../archive/inspection.ts';
import { attachFile } from '../../archive/materials.ts';
import { recordAct } from '../../audit/record.ts';
import { rulesOf } from '../../cases/kinds/case-kinds.ts';
import { Failure, type HallProgram, isSameTrack, type TrackRef } from '../../contract/index.ts';
import { chinaMinute } from '../../patients/china-date.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import type { HallParts } from './parts.ts';

export interface StillParts extends HallParts {
  /** There is another picture to be shown. */
  onStill(demonstrationId: string): Promise<void>;
  pictures: {
    files: FileStore;
    archive: Archive;
    materialsChanged(consultationId: string): void;
  };
}

/** PNG at 4096 by 2160 with 8 bits stays below, whatever it shows. */
export const MAX_STILL_BYTES = 30 * 1024 ** 2;

/** Which picture on air it was taken of, and the newest cut that its sender knew of then. */
export interface StillOrigin extends Omit<TrackRef, 'accountId'> {
  cutNumber: number;
}

/**
 * A still of the operation, as the theatre's camera gave it and as it was masked, becomes a picture of the patient's case, in the archive of the
 * theatre's hospital. Of a picture on air, live and not cut since, it can be shown in the demonstration, as the audience has seen it; else a second
 * person looks through it first, as through any other: also where the case had the same bytes before, which are kept once. One that is sent again
 * can be shown as before.
 * @throws Failure not-found, forbidden; conflict / state-not-allowed where the case takes no pictures any more; invalid-message, too-large
 */
export async function putStill(
  parts: StillParts,
  asked: Asked,
  demonstrationId: string,
  { sha256, of }: { sha256: string; of: StillOrigin | null },
  source: AsyncIterable<Uint8Array>,
): Promise<{ sizeBytes: number; isShowable: boolean }> {
  const { work, pictures } = parts;
  const { caller, at } = asked;
  const found = await getDemonstrationFor(parts, work.read, caller, demonstrationId, 'take-still', { at });
  const { consultationId, facilityId } = found.demonstration;
  if (caller.facilityId !== facilityId)
    throw new Failure('forbidden', 'a still is kept by the hospital of the theatre');
  if (consultationId === null) throw new Failure('conflict', 'there is no case', { reason: 'state-not-allowed' });
  // Asked before the bytes have come and after: nothing that was put on air meanwhile was seen as it was taken.
  const wasSeen = await isOnAir(work.read, caller, demonstrationId, of);
  const received = await pictures.files.receive(source, MAX_STILL_BYTES);
  let isShowable = false;
  try {
    isShowable = await store(parts, asked, {
      demonstrationId,
      consultationId,
      sha256,
      received,
      of: wasSeen ? of : null,
    });
  } finally {
    await pictures.files.discard(received);
  }
  pictures.materialsChanged(consultationId);
  await parts.onStill(demonstrationId);
  return { sizeBytes: received.sizeBytes, isShowable };
}

/** Whether the audience sees this picture of the caller's now, and has since it was taken as far as cuts go. */
async function isOnAir(
  { demonstrations, halls }: Pick<StillParts['work']['read'], 'demonstrations' | 'halls'>,
  { accountId }: Caller,
  demonstrationId: string,
  of: StillOrigin | null,
): Promise<boolean> {
  if (of === null || (await demonstrations.find(demonstrationId))?.state !== 'live') return false;
  const { program, cut } = await halls.find(demonstrationId);
  const isShown = tracksOf(program).some((track) => track !== null && isSameTrack(track, { ...of, accountId }));
  return isShown && !cut.picture && cut.number === of.cutNumber;
}

const tracksOf = ({ layout, main, second }: HallProgram) => (layout === 'single' ? [main] : [main, second]);

/** In one transaction, so that a still of the case that could be shown always can. @returns whether it can, also where it was sent before */
async function store(
  { pictures }: StillParts,
  asked: Asked,
  still: {
    demonstrationId: string;
    consultationId: string;
    sha256: string;
    received: ReceivedFile;
    of: StillOrigin | null;
  },
): Promise<boolean> {
  const { demonstrationId, consultationId, sha256, received, of } = still;
  if (received.sha256 !== sha256)
    throw new Failure('invalid-message', 'the bytes are not those that were named', { reason: 'hash-mismatch' });
  let isShowable = false;
  await pictures.archive.store(received, asked, {
    name: `${chinaMinute(asked.at)}.png`,
    accept: requirePicture,
    async also(stores, stored) {
      const consultation = await stores.consultations.findForUpdate(consultationId);
      const takers = consultation ? Object.values(rulesOf(consultation).acts.attach.who) : [];
      const takesPictures = takers.some((states) => consultation && states.includes(consultation.state));
      if (!takesPictures || stored.form !== 'file')
        throw new Failure('conflict', 'the case takes no pictures any more', { reason: 'state-not-allowed' });
      await stores.demonstrations.findForUpdate(demonstrationId);
      const isNew = await attachFile(stores, asked, consultationId, stored.file);
      const { materialId } = (await stores.materials.findFile(consultationId, sha256)) ?? {};
      if (isNew && materialId && (await isOnAir(stores, asked.caller, demonstrationId, of))) {
        const { accountId: takenBy } = asked.caller;
        await stores.showings.addStill({ demonstrationId, materialId, takenBy, takenAt: asked.at.toISOString() });
      }
      isShowable = (await stores.showings.listStills(demonstrationId)).some((one) => one.materialId === materialId);
      await recordAct(stores.audit, asked, {
        action: 'demonstration:take-still',
        subjectKind: 'demonstration',
        subjectId: demonstrationId,
        consultationId,
        detail: { sha256 },
      });
    },
  });
  return isShowable;
}

function requirePicture(inspection: Inspection): void {
  // What has pages is no picture.
  if (inspection.form !== 'file' || inspection.kind !== 'documents' || inspection.pageCount !== null)
    throw new Failure('invalid-message', 'a still is a picture', { reason: 'file-damaged' });
}
