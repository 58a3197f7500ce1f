import { createHash } from 'node:crypto';
import { heldOf, type PictureHome } from '../../archive/picture-home.ts';
import type { Instance } from '../../archive/study.ts';
import { Failure, pictureKindOf } from '../../contract/index.ts';
import type { Stores } from '../../store/stores.ts';
import type { SeenFile } from '../seen-file.ts';

export interface SeenSlide {
  /** Whether the caller may see its label and overview too. */
  showsLabels: boolean;
  files: SeenFile[];
  /** Names exactly these files. */
  revision: string;
}

/**
 * The files of a slide that is attached to the case, or shown of it.
 * @param slideId a series' UID, or a file's hash.
 * @throws Failure not-found: no such slide under this address.
 */
export async function getSlide(
  stores: Pick<Stores, 'studies' | 'materials'>,
  home: PictureHome,
  slideId: string,
): Promise<SeenSlide> {
  const { consultationId, showsLabels, holds } = home;
  const file = (await holds(slideId)) ? await findFile(stores, consultationId, slideId) : undefined;
  const files =
    file ?? (await heldOf(home, await listParts(stores, consultationId, slideId), (part) => part.sopInstanceUid));
  if (files.length === 0) throw new Failure('not-found', 'no such slide');
  const hash = createHash('sha256').update(files.map(({ sha256 }) => sha256).join('\n'));
  return {
    showsLabels,
    files,
    revision: hash.digest('hex').slice(0, 16),
  };
}

async function findFile(
  stores: Pick<Stores, 'studies' | 'materials'>,
  consultationId: string,
  sha256: string,
): Promise<SeenFile[] | undefined> {
  const material = await stores.materials.findFile(consultationId, sha256);
  if (material?.kind !== 'pathology') return undefined;
  const file = await stores.studies.findFile(material.facilityId, sha256);
  return file && [file];
}

async function listParts(
  stores: Pick<Stores, 'studies'>,
  consultationId: string,
  seriesInstanceUid: string,
): Promise<Instance[]> {
  const scope = { consultationIds: [consultationId] };
  const instances = await stores.studies.listInstances(scope, { seriesInstanceUid });
  return instances
    .filter(({ sopClassUid }) => pictureKindOf(sopClassUid) === 'pathology')
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}
