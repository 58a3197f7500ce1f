import type { PictureKind } from '../../server/contract/picture-kinds.ts';
import { useTexts } from '../i18n/use-texts.ts';
import './kind-mark.css';

/** Names the kind of a picture in lists that hold several. `modality` as DICOM has it, where it tells more than the kind does. */
export function KindMark({ kind, modality }: { kind: PictureKind; modality?: string }) {
  const t = useTexts();
  return (
    <span className="kind-mark" data-kind={kind}>
      <span className="kind-mark-kind">{t(`terms:pictureKind.${kind}`)}</span>
      {kind === 'imaging' && modality && <span>{modality}</span>}
    </span>
  );
}
