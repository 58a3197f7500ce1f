import type { Asked } from '../../access/asked.ts';
import type { Archive } from '../../archive/archive.ts';
import type { FileStore, StagedFile } from '../../archive/file-store.ts';
import type { Inspection } from '../../archive/inspection.ts';
import { attachFile } from '../../archive/materials.ts';
import { recordAct } from '../../audit/record.ts';
import { rulesOf } from '../../cases/kinds/case-kinds.ts';
import { Failure } from '../../contract/index.ts';
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

/**
 * A still of the operation, as the theatre's camera gave it and as it was masked, becomes a picture of the patient's case, in the archive of the
 * theatre's hospital. Taken live and not cut it can be shown in the demonstration, as the theatre could show it live; else a second person looks
 * through it first, as through any other. The same bytes sent again are kept once.
 * @throws Failure not-found, forbidden; conflict / state-not-allowed where the case takes no pictures any more; invalid-message, too-large
 */
export async function putStill(
  parts: StillParts,
  asked: Asked,
  demonstrationId: string,
  sha256: string,
  source: AsyncIterable<Uint8Array>,
): Promise<{ sizeBytes: number }> {
  const { work, pictures } = parts;
  const { caller, at } = asked;
  const found = await getDemonstrationFor(parts, work.read, caller, demonstrationId, 'take-still', { at });
  const { consultationId, facilityId } = found.demonstration;
  if (caller.facilityId !== facilityId)
    throw new Failure('forbidden', 'a still is kept by the hospital of the theatre');
  if (consultationId === null) throw new Failure('conflict', 'there is no case', { reason: 'state-not-allowed' });
  const staged = await pictures.files.stage(source, MAX_STILL_BYTES);
  try {
    await store(parts, asked, { demonstrationId, consultationId, sha256, staged });
  } finally {
    await pictures.files.discard(staged);
  }
  await work.write(async (stores) => {
    const material = await stores.materials.findFile(consultationId, sha256);
    const { cut } = await stores.halls.find(demonstrationId);
    if (!material || cut.picture || found.demonstration.state !== 'live') return;
    const { materialId } = material;
    const still = { demonstrationId, materialId, takenBy: caller.accountId, takenAt: at.toISOString() };
    await stores.showings.addStill(still);
  });
  pictures.materialsChanged(consultationId);
  await parts.onStill(demonstrationId);
  return { sizeBytes: staged.sizeBytes };
}

async function store(
  { pictures }: StillParts,
  asked: Asked,
  still: { demonstrationId: string; consultationId: string; sha256: string; staged: StagedFile },
): Promise<void> {
  const { demonstrationId, consultationId, sha256, staged } = still;
  if (staged.sha256 !== sha256)
    throw new Failure('invalid-message', 'the bytes are not those that were named', { reason: 'hash-mismatch' });
  await pictures.archive.store(staged, asked, {
    name: `${chinaMinute(asked.at)}.png`,
    accept: requirePicture,
    async also(stores, stored) {
      const consultation = await stores.consultations.findForUpdate(consultationId);
      const takers = consultation ? Object.values(rulesOf(consultation).acts.attach.who) : [];
      const takesPictures = takers.some((states) => consultation && states.includes(consultation.state));
      if (!takesPictures || stored.form !== 'file')
        throw new Failure('conflict', 'the case takes no pictures any more', { reason: 'state-not-allowed' });
      await attachFile(stores, asked, consultationId, stored.file);
      await recordAct(stores.audit, asked, {
        action: 'demonstration:take-still',
        subjectKind: 'demonstration',
        subjectId: demonstrationId,
        consultationId,
        detail: { sha256 },
      });
    },
  });
}

function requirePicture(inspection: Inspection): void {
  // What has pages is no picture.
  if (inspection.form !== 'file' || inspection.kind !== 'documents' || inspection.pageCount !== null)
    throw new Failure('invalid-message', 'a still is a picture', { reason: 'file-damaged' });
}
