import { useState } from 'react';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { MaterialUpload } from './material-upload.tsx';
import { useCaseProgress } from './open-center.ts';

/** Adds pictures to a case that is on its way, beside a list of those it has. For callers who may `attach`. */
export function SupplementUpload({ consultation }: { consultation: ConsultationView }) {
  const t = useTexts();
  const { consultationId, patient } = consultation;
  const [wanted, setWanted] = useState(false);
  const isRunning = useCaseProgress(consultationId).phase !== 'none';
  if (wanted || isRunning) return <MaterialUpload consultationId={consultationId} patient={patient} />;
  return (
    <button type="button" className="button" data-testid="upload-more" onClick={() => setWanted(true)}>
      {t('uploads:choose.more')}
    </button>
  );
}
