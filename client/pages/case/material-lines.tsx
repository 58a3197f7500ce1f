import type { MaterialView } from '../../../server/contract/picture-kinds.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { listingOf } from '../../pictures/listings.ts';

/** The series, ECGs, slides or documents of a material, one a line. */
export function MaterialLines({ material }: { material: MaterialView }) {
  const t = useTexts();
  const formats = useFormats();
  const lines = listingOf(material.kind).lines(t, formats, material);
  const [only] = lines.length === 1 ? lines : [];
  // What it is called the material's own name has said.
  if (lines.length === 0 || (only && (only.name === '' || only.name === material.description))) return null;
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
