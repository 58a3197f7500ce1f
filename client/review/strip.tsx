import { useEffect, useRef } from 'react';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { Picture } from '../viewer/viewer.ts';
import type { Desk } from './desk.ts';
import type { DeskAndSession } from './use-desk.ts';
import './strip.css';

/** Everything of the case that can be looked at, material by material, each with a small picture. */
export function Strip({ opened, materials }: { opened: DeskAndSession | undefined; materials: MaterialView[] }) {
  const t = useTexts();
  const formats = useFormats();
  const desk = opened?.desk;
  const pictures = desk?.pictures ?? [];
  return (
    <nav className="review-strip" aria-label={t('review:strip')} data-testid="review-strip">
      {materials.map(({ materialId, kind, description, studyDate }) => {
        const shown = pictures.filter((picture) => picture.materialId === materialId);
        const named = [t(`terms:pictureKind.${kind}`), ...shown.map(({ title }) => title)];
        return (
          <section key={materialId} className="review-strip-material">
            <h2 title={description}>
              <b>{t(`terms:pictureKind.${kind}`)}</b>
              {/* A single file bears its name once, under its picture. */}
              {!named.includes(description) && description}
              {studyDate && <span className="numbers">{formats.day(studyDate)}</span>}
            </h2>
            {desk && shown.map((picture) => <Thumbnail key={picture.pictureId} picture={picture} desk={desk} />)}
          </section>
        );
      })}
    </nav>
  );
}

const SIZE_PX = 96;

function Thumbnail({ picture, desk }: { picture: Picture; desk: Desk }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { pictureId } = picture;
  // A new object each render; the thumbnail depends on the id alone.
  const latest = useRef(picture);
  latest.current = picture;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const abort = new AbortController();
    // Only what can be seen is worth the line.
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      desk.drawThumbnail(latest.current, element, abort.signal).then(
        () => {
          element.dataset['drawn'] = pictureId;
        },
        // Without a small picture the title still tells what it is, and opening it says what is wrong.
        () => undefined,
      );
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      abort.abort();
    };
  }, [desk, pictureId]);

  const current = desk.pictureId === pictureId;
  return (
    <button
      type="button"
      className="review-thumbnail"
      aria-current={current}
      title={`${picture.title} · ${picture.detail}`}
      data-testid="thumbnail"
      data-picture-id={pictureId}
      onClick={(event) => {
        desk.open(picture);
        // After a click the keys are the picture's; who came by the keyboard stays in the strip.
        if (event.detail > 0) desk.focus();
      }}
    >
      <canvas ref={canvas} width={SIZE_PX} height={SIZE_PX} />
      <span className="review-thumbnail-title">{picture.title}</span>
      <span className="review-thumbnail-detail numbers">{picture.detail}</span>
    </button>
  );
}
