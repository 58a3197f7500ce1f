import type { Asked } from '../../access/asked.ts';
import { getCaseAccess } from '../../cases/case-access.ts';
import { type AccessBasis, Failure, pictureKindOf } from '../../contract/index.ts';
import type { Stores } from '../../store/stores.ts';
import type { SeenFile } from '../seen-file.ts';

/** An ECG that is attached to the case. @throws Failure not-found */
export async function getEcgRecord(
  stores: Pick<Stores, 'consultations' | 'studies'>,
  { caller, at }: Asked,
  consultationId: string,
  recordId: string,
): Promise<{ basis: AccessBasis; file: SeenFile }> {
  const { basis } = await getCaseAccess(stores, caller, consultationId, at);
  const scope = { consultationIds: [consultationId] };
  const [instance] = await stores.studies.listInstances(scope, { sopInstanceUid: recordId });
  if (!instance || pictureKindOf(instance.sopClassUid) !== 'ecg') throw new Failure('not-found', 'no such ECG');
  return { basis, file: instance };
}
