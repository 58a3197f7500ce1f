import { isShown } from '../../../server/contract/document-types.ts';
import type { MaterialView } from '../../../server/contract/picture-kinds.ts';
import { type Formats, useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';

interface Line {
  key: string;
  modality: string;
  name: string;
  amount: string;
}

/** The series, ECGs or slides of a material, one a line. */
export function MaterialLines({ material }: { material: MaterialView }) {
  const t = useTexts();
  const formats = useFormats();
  const lines = linesOf(t, formats, material);
  const [only] = lines.length === 1 ? lines : [];
  // What it is called the material's own name has said.
  if (only && (only.name === '' || only.name === material.description || isOneFile(material))) return null;
  return (
    <ul className="case-series">
      {lines.map(({ key, modality, name, amount }) => (
        <li key={key}>
          {modality && <span className="case-modality">{modality}</span>}
          <span className="case-series-name">{name}</span>
          <span className="case-quiet numbers">{amount}</span>
        </li>
      ))}
    </ul>
  );
}

/** Its facts say what it is; nothing else of the study is to be told from it. */
const isOneFile = (material: MaterialView): boolean =>
  material.kind === 'documents' && material.documents[0]?.description === material.description;

function linesOf(t: ReturnType<typeof useTexts>, formats: Formats, material: MaterialView): Line[] {
  switch (material.kind) {
    case 'imaging':
      return material.series.map(({ seriesInstanceUid, modality, description, number, instanceCount, frameCount }) => ({
        key: seriesInstanceUid,
        modality,
        name: description || t('case:materials.unnamedSeries', { number: number ?? t('unknown') }),
        amount:
          frameCount > instanceCount
            ? t('terms:frameCount', { count: frameCount })
            : t('terms:pictureCount.imaging', { count: instanceCount }),
      }));
    case 'ecg': {
      const numbered = material.records.length > 1;
      return material.records.map(({ recordId, description, number }, index) => ({
        key: recordId,
        modality: '',
        // Of one series each has the series' description: the number tells them apart.
        name: [description, numbered && t('case:materials.ecg', { number: number ?? index + 1 })]
          .filter(Boolean)
          .join(' · '),
        amount: '',
      }));
    }
    case 'pathology':
      return material.slides.map(({ slideId, description, sizeBytes }, index) => ({
        key: slideId,
        modality: '',
        name: description || t('case:materials.unnamedSlide', { number: index + 1 }),
        amount: formats.bytes(sizeBytes),
      }));
    case 'documents':
      return material.documents.map(({ documentId, type, description, pageCount }) => ({
        key: documentId,
        modality: '',
        name: [t(`terms:documentType.${type}`), description].filter(Boolean).join(' · '),
        amount: [
          pageCount === null ? '' : t('terms:pageCount', { count: pageCount }),
          isShown(type) ? '' : t('terms:documentNotShown'),
        ]
          .filter(Boolean)
          .join(' · '),
      }));
  }
}
