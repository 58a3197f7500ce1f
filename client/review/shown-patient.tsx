import { useSyncExternalStore } from 'react';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { CaseIdentity } from '../patient/case-identity.ts';
import { PatientBanner } from '../patient/patient-banner.tsx';
import { materialOf, pictureIdOf } from '../pictures/listings.ts';
import type { DeskAndSession } from './use-desk.ts';

const NOTHING = () => () => undefined;

/** The banner of what a review panel shows now: of a series with files of two people it changes with the slice. */
export function ShownPatient({
  opened,
  identity,
  materials,
}: {
  opened: DeskAndSession | undefined;
  identity: CaseIdentity;
  materials: MaterialView[];
}) {
  const desk = opened?.desk;
  const material = desk?.target && materialOf(materials, desk.target);
  const listed = new Set(material?.patients.flatMap(({ pictureIds }) => pictureIds));
  // Only a picture that is listed for itself makes a difference: scrolling through any other draws nothing anew.
  const pictureId = useSyncExternalStore(desk?.onDraw ?? NOTHING, () => {
    const id = desk?.target ? pictureIdOf(desk.target) : '';
    return listed.has(id) ? id : '';
  });
  return <PatientBanner identity={identity} material={material} pictureId={pictureId} />;
}
