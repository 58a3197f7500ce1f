import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { type CasePatient, comparePatients } from '../../server/formats/dicom/same-patient.ts';
import { applyConsultation } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { fileFacts } from '../patient/mix-up.ts';
import { KindMark } from './kind-mark.tsx';
import { materialFacts, modalitiesOf } from './material-facts.ts';
import { studyName } from './names.ts';

/** What is attached already; another patient's can be taken off again. */
export function AttachedMaterials({
  consultationId,
  materials,
  patient,
}: {
  consultationId: string;
  materials: MaterialView[];
  patient: CasePatient;
}) {
  const t = useTexts();
  const formats = useFormats();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  if (materials.length === 0) return null;

  const confirmRemoval = ({ materialId }: MaterialView) =>
    modal.confirm({
      title: t('uploads:attached.removeTitle'),
      content: t('uploads:attached.removeText'),
      okText: t('uploads:attached.removeConfirm'),
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        call('material:remove', { params: { consultationId, materialId } }).then(
          (view) => applyConsultation(client, view),
          (thrown) => void message.error(failureText(toFailure(thrown))),
        ),
    });

  return (
    <section className="attached" aria-labelledby="attached-title" data-testid="upload-attached">
      <h3 id="attached-title">{t('uploads:attached.title')}</h3>
      <ul>
        {materials.map((material) => {
          // With what is being typed, which the server has not seen yet. IDs come masked and compare with nothing.
          const others = material.patients.filter((one) => {
            const { verdict, name } = comparePatients({ ...one, id: '' }, patient);
            // Romanised names are compared by the server, with what was saved last.
            return verdict === 'differs' || (name === 'unknown' && one.comparison.name === 'differs');
          });
          const named = (others.length > 0 || !material.patientsDiffer ? others : material.patients).map((one) =>
            fileFacts(t, formats, one),
          );
          return (
            <li key={material.materialId} className="attached-study">
              <div>
                <p className="attached-title">
                  <KindMark kind={material.kind} modality={modalitiesOf(material)} />
                  <strong>{studyName(t, material.description)}</strong>
                </p>
                <p className="upload-quiet numbers">{materialFacts(t, formats, material)}</p>
                {named.length > 0 && (
                  <p className="upload-alert" role="alert">
                    {t(material.patientsDiffer ? 'uploads:attached.several' : 'uploads:attached.other', {
                      name: named.join(t('patient:and')),
                    })}
                  </p>
                )}
              </div>
              <button type="button" className="button" onClick={() => confirmRemoval(material)}>
                {t('uploads:attached.remove')}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
