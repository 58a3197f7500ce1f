import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { CaseIdentity } from './case-identity.ts';
import { identityOf } from './mix-up.ts';
import { PatientBanner } from './patient-banner.tsx';

/** The banner of a page that shows no picture but is about all of them: what is wrong with any of them stands here. */
export function CasePatient({ identity, materials }: { identity: CaseIdentity; materials: MaterialView[] }) {
  const wrong = materials.filter((material) => ['other', 'several'].includes(identityOf(material).kind));
  if (wrong.length === 0) return <PatientBanner identity={identity} material={undefined} />;
  return wrong.map((material) => <PatientBanner key={material.materialId} identity={identity} material={material} />);
}
