import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { type CaseIdentity, sexAndAge } from './case-identity.ts';
import { fileFacts, identityOf, warningOf } from './mix-up.ts';
import './patient-banner.css';

/**
 * Whose pictures these are: calm while the files agree with the case, red and naming both where a file names somebody else.
 * Beside the picture, never over it. Without `pictureId` the whole material is meant.
 */
export function PatientBanner({
  identity,
  material,
  pictureId,
}: {
  identity: CaseIdentity;
  material: MaterialView | undefined;
  pictureId?: string | undefined;
}) {
  const t = useTexts();
  const formats = useFormats();
  const { patient, caseNumber, requester } = identity;
  const found = material && identityOf(material, pictureId);
  const warning = found && warningOf(t, formats, found, patient);
  const note =
    found?.kind === 'unverified'
      ? t('patient:unverified', { file: fileFacts(t, formats, found.named) })
      : found?.kind === 'unnamed'
        ? t('patient:unnamed')
        : '';
  const examined = material?.studyDate ? formats.day(material.studyDate) : '';
  return (
    <section
      className="patient-banner"
      data-testid="patient-banner"
      data-identity={found?.kind ?? 'none'}
      aria-label={t('patient:title')}
    >
      <p className="patient-banner-facts">
        <strong>{patient.name || t('patient:noName')}</strong>
        <span>{sexAndAge(t, patient).join(' ')}</span>
        <span className="numbers">{caseNumber}</span>
        {examined && <span className="numbers">{t('patient:examinedOn', { date: examined })}</span>}
        <span>{requester.facilityName}</span>
        {note && <span className="patient-banner-note">{note}</span>}
      </p>
      {warning && (
        <p className="patient-banner-warning" role="alert">
          <WarningIcon />
          <strong>{warning}</strong>
        </p>
      )}
    </section>
  );
}

/** The banner of a page that shows no picture but is about all of them: what is wrong with any of them stands here. */
export function CasePatient({ identity, materials }: { identity: CaseIdentity; materials: MaterialView[] }) {
  const wrong = materials.filter((material) => ['other', 'several'].includes(identityOf(material).kind));
  if (wrong.length === 0) return <PatientBanner identity={identity} material={undefined} />;
  return wrong.map((material) => <PatientBanner key={material.materialId} identity={identity} material={material} />);
}
