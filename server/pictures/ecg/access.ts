import type { PictureHome } from '../../archive/picture-home.ts';
import { Failure, pictureKindOf } from '../../contract/index.ts';
import type { Stores } from '../../store/stores.ts';
import type { SeenFile } from '../seen-file.ts';

/** An ECG that is attached to the case, or shown of it. @throws Failure not-found */
export async function getEcgRecord(
  stores: Pick<Stores, 'studies'>,
  { consultationId, holds }: PictureHome,
  recordId: string,
): Promise<SeenFile> {
  if (!(await holds(recordId))) throw new Failure('not-found', 'no such ECG');
  const scope = { consultationIds: [consultationId] };
  const [instance] = await stores.studies.listInstances(scope, { sopInstanceUid: recordId });
  if (!instance || pictureKindOf(instance.sopClassUid) !== 'ecg') throw new Failure('not-found', 'no such ECG');
  return instance;
}
