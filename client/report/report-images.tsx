import { type ReactNode, useState } from 'react';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { KeyImage, ReportContent } from '../../server/contract/report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { keyImageAddress } from '../opinion/add-key-image.ts';
import { KeyImageMarks } from '../opinion/key-image-marks.tsx';
import { ImagePatient } from './image-patient.tsx';

/** Each over the width of the page, or a finding could not be seen on paper; with its caption and what was measured, never parted by the end of a page. */
export function ReportImages({ content, materials }: { content: ReportContent; materials: MaterialView[] }) {
  const { consultationId, keyImages: images } = content;
  return (
    <div className="report-images">
      {images.map((image, index) => (
        <Figure key={image.keyImageId} consultationId={consultationId} image={image} number={index + 1}>
          <ImagePatient content={content} target={image.target} materials={materials} />
        </Figure>
      ))}
    </div>
  );
}

function Figure({
  consultationId,
  image,
  number,
  children,
}: {
  consultationId: string;
  image: KeyImage;
  number: number;
  children: ReactNode;
}) {
  const t = useTexts();
  const [failed, setFailed] = useState(false);
  const name = [t('report:figure', { number }), image.caption].filter(Boolean).join('　');
  return (
    <figure data-kind={image.target.kind}>
      {failed ? (
        <p role="alert">{t('report:imageMissing')}</p>
      ) : (
        <img
          src={keyImageAddress(consultationId, image.imageSha256)}
          alt={name}
          width={image.widthPx}
          height={image.heightPx}
          onError={() => setFailed(true)}
        />
      )}
      <figcaption>
        <strong>{name}</strong>
        {children}
        <KeyImageMarks image={image} />
      </figcaption>
    </figure>
  );
}
