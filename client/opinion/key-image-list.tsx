import { useState } from 'react';
import type { KeyImage } from '../../server/contract/report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { keyImageAddress } from './add-key-image.ts';
import { KeyImageMarks } from './key-image-marks.tsx';
import { ModalDialog } from './modal-dialog.tsx';
import { movedBy, RowButton } from './row-acts.tsx';

/** The pictures of the report, in their order, each with what is said and what was measured in it. */
export function KeyImageList({
  consultationId,
  value,
  onChange,
}: {
  consultationId: string;
  value: KeyImage[];
  onChange: (value: KeyImage[]) => void;
}) {
  const t = useTexts();
  const [enlarged, setEnlarged] = useState<KeyImage>();
  if (value.length === 0) return <p className="opinion-hint">{t('opinion:keyImagesEmpty')}</p>;
  const setCaption = (keyImageId: string, caption: string) =>
    onChange(value.map((one) => (one.keyImageId === keyImageId ? { ...one, caption } : one)));
  return (
    <>
      <ol className="opinion-images">
        {value.map((image, index) => {
          const number = index + 1;
          const address = keyImageAddress(consultationId, image.imageSha256);
          return (
            <li key={image.keyImageId} data-testid="key-image">
              <button
                type="button"
                className="opinion-image"
                aria-label={t('opinion:enlarge', { number })}
                onClick={() => setEnlarged(image)}
              >
                <img src={address} alt="" width={image.widthPx} height={image.heightPx} loading="lazy" />
              </button>
              <div className="opinion-image-side">
                <input
                  className="field-input"
                  maxLength={300}
                  aria-label={`${t('opinion:keyImage', { number })}: ${t('opinion:caption')}`}
                  placeholder={t('opinion:captionPlaceholder')}
                  value={image.caption}
                  onChange={(event) => setCaption(image.keyImageId, event.currentTarget.value)}
                />
                <KeyImageMarks image={image} className="opinion-hint" />
                <span className="opinion-row-acts">
                  <RowButton
                    label={t('opinion:imageUp', { number })}
                    face="↑"
                    off={index === 0}
                    onClick={() => onChange(movedBy(value, index, -1))}
                  />
                  <RowButton
                    label={t('opinion:imageDown', { number })}
                    face="↓"
                    off={number === value.length}
                    onClick={() => onChange(movedBy(value, index, 1))}
                  />
                  <RowButton
                    label={t('opinion:imageRemove', { number })}
                    face="✕"
                    onClick={() => onChange(value.filter((one) => one !== image))}
                  />
                </span>
              </div>
            </li>
          );
        })}
      </ol>
      {enlarged && (
        <ModalDialog label={enlarged.caption || t('opinion:keyImages')} onClose={() => setEnlarged(undefined)}>
          <img
            className="opinion-enlarged"
            src={keyImageAddress(consultationId, enlarged.imageSha256)}
            alt={enlarged.caption}
          />
          <div className="opinion-dialog-acts">
            <button type="button" className="button" onClick={() => setEnlarged(undefined)}>
              {t('close')}
            </button>
          </div>
        </ModalDialog>
      )}
    </>
  );
}
