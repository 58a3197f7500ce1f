import { lazy, Suspense, useEffect } from 'react';
import { Link } from 'react-router';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import type { PatientView } from '../../../server/contract/patient.ts';
import type { MaterialView } from '../../../server/contract/picture-kinds.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { identityOf, warningOf } from '../../patient/mix-up.ts';
import { preloadReview } from '../../review/preload.ts';
import { ImagesIcon, WarningIcon } from '../../ui/icons.tsx';
import { KindMark } from '../../uploads/kind-mark.tsx';
import { materialFacts } from '../../uploads/material-facts.ts';
import { MaterialLines } from './material-lines.tsx';

/** Only the requester adds pictures; nobody else loads the code for it. */
const SupplementUpload = lazy(async () => ({
  default: (await import('../../uploads/supplement-upload.tsx')).SupplementUpload,
}));

export function MaterialsPanel({ view }: { view: ConsultationView }) {
  const t = useTexts();
  const { materials, actions, consultationId } = view;
  useEffect(() => preloadReview(materials), [materials]);
  return (
    <section className="panel" aria-labelledby="materials">
      <div className="case-panel-head">
        <h2 id="materials">{t('case:sections.materials')}</h2>
        {materials.length > 0 && actions.includes('review') && (
          <Link className="button" to={`/consultations/${consultationId}/images`}>
            <ImagesIcon />
            {t('case:actions.review')}
          </Link>
        )}
      </div>
      {materials.length === 0 && (
        <p className="case-quiet">
          {actions.includes('edit') ? t('case:materials.emptyEditable') : t('case:materials.empty')}
        </p>
      )}
      {materials.map((material) => (
        <Material key={material.materialId} material={material} patient={view.patient} />
      ))}
      {actions.includes('attach') && !actions.includes('edit') && (
        <Suspense>
          <SupplementUpload consultation={view} />
        </Suspense>
      )}
    </section>
  );
}

function Material({ material, patient }: { material: MaterialView; patient: PatientView }) {
  const t = useTexts();
  const formats = useFormats();
  const warning = warningOf(t, formats, identityOf(material), patient);
  return (
    <article className="case-study">
      <h3 className="case-study-title">
        <KindMark kind={material.kind} />
        {material.description || t('case:materials.unnamed')}
      </h3>
      <p className="case-quiet numbers">{materialFacts(t, formats, material)}</p>
      {warning && (
        <p className="case-mix-up" role="alert">
          <WarningIcon />
          {warning}
        </p>
      )}
      <MaterialLines material={material} />
    </article>
  );
}
