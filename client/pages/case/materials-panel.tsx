import { lazy, Suspense, useEffect } from 'react';
import { Link } from 'react-router';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import type { MaterialView } from '../../../server/contract/study.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { preloadReview } from '../../review/preload.ts';
import { ImagesIcon, WarningIcon } from '../../ui/icons.tsx';
import { compareNames } from '../../uploads/same-patient.ts';

/** Only the requester adds images; nobody else loads the code for it. */
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
        <Study key={material.materialId} material={material} patientName={view.patient.name} />
      ))}
      {actions.includes('attach') && !actions.includes('edit') && (
        <Suspense>
          <SupplementUpload consultation={view} />
        </Suspense>
      )}
    </section>
  );
}

function Study({ material, patientName }: { material: MaterialView; patientName: string }) {
  const t = useTexts();
  const formats = useFormats();
  const imageCount = material.series.reduce((sum, series) => sum + series.instanceCount, 0);
  return (
    <article className="case-study">
      <h3>{material.description || t('case:materials.unnamed')}</h3>
      <p className="case-quiet">
        {[
          material.studyDate && formats.day(material.studyDate),
          t('case:materials.series', { count: material.series.length }),
          t('case:materials.images', { count: imageCount }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {compareNames(material.patientName, patientName) === 'differs' && (
        <p className="case-mix-up">
          <WarningIcon />
          {t('case:materials.otherPatient', { name: material.patientName.replaceAll(/[\^=]+/g, ' ').trim() })}
        </p>
      )}
      <ul className="case-series">
        {material.series.map((series) => (
          <li key={series.seriesInstanceUid}>
            <span className="case-modality">{series.modality}</span>
            <span>
              {series.description || t('case:materials.unnamedSeries', { number: series.number ?? t('unknown') })}
            </span>
            <span className="case-quiet numbers">{t('case:materials.images', { count: series.instanceCount })}</span>
          </li>
        ))}
      </ul>
    </article>
  );
}
