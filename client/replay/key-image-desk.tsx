import { lazy, Suspense, useState } from 'react';
import type { DemonstrationKeyImage, DemonstrationKeyImages } from '../../server/contract/replay-timeline.ts';
import { nothingAt } from '../../server/contract/showing-at.ts';
import { useSession } from '../api/session.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { WithdrawButton } from '../showing/withdraw-button.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { createReplayLink } from './replay-link.ts';
import '../showing/showing.css';
import './replay.css';
import './key-images.css';

const ReviewPanel = lazy(async () => ({ default: (await import('../review/review-panel.tsx')).ReviewPanel }));

/** Stills and marks of a demonstration that is over: whose, of when, and each in the viewer. */
export function KeyImageDesk({ demonstrationId, view }: { demonstrationId: string; view: DemonstrationKeyImages }) {
  const t = useTexts();
  const { person: me } = useSession();
  const { keyImages, pictures, marks, mayWithdraw } = view;
  const [chosen, setChosen] = useState(keyImages[0]);
  const [place, setPlace] = useState(chosen && placeOf(chosen));
  const [link] = useState(() => {
    const names = new Map(marks.map(({ authorId, authorName }) => [authorId, authorName]));
    const made = createReplayLink(demonstrationId, { nameOf: (id) => names.get(id) ?? '', reader: me.accountId });
    made.show({ ...nothingAt(), marks: new Map(marks.map((mark) => [mark.annotationId, mark])) });
    return made.link;
  });
  if (!chosen || !place) return <p className="panel">{t('replay:keyImages.none')}</p>;
  const choose = (one: DemonstrationKeyImage) => {
    setChosen(one);
    setPlace(placeOf(one));
  };
  return (
    <div className="key-images">
      <ol className="panel key-images-list" aria-label={t('replay:keyImages.title')} data-testid="key-images">
        {keyImages.map((one) => (
          <KeyImageLine key={keyOf(one)} of={one} view={view} isChosen={one === chosen} onChoose={() => choose(one)} />
        ))}
      </ol>
      <section className="showing key-images-viewer" data-tone="dark" aria-label={t('review:title')}>
        {mayWithdraw && (
          <header className="showing-head">
            <p>{t('replay:keyImages.withdraw')}</p>
            <WithdrawButton demonstrationId={demonstrationId} materialId={chosen.materialId} />
          </header>
        )}
        <Suspense fallback={<PageSkeleton />}>
          <ReviewPanel
            consultationId={demonstrationId}
            home={`demonstrations/${demonstrationId}`}
            materials={pictures}
            me={me}
            link={link}
            place={place}
            mayAnnotate={false}
            solo
          />
        </Suspense>
      </section>
    </div>
  );
}

const keyOf = ({ materialId, markIds }: DemonstrationKeyImage): string => `${materialId} ${markIds[0] ?? ''}`;
const placeOf = ({ materialId, markIds }: DemonstrationKeyImage) => ({ materialId, annotationId: markIds.at(-1) });

function KeyImageLine({
  of,
  view,
  isChosen,
  onChoose,
}: {
  of: DemonstrationKeyImage;
  view: DemonstrationKeyImages;
  isChosen: boolean;
  onChoose(): void;
}) {
  const t = useTexts();
  const formats = useFormats();
  const { materialId, isStill, at, authors, markIds } = of;
  const kind = view.pictures.find((one) => one.materialId === materialId)?.kind;
  const about = [
    authors.map(({ name }) => name).join(t('replay:keyImages.and')),
    formats.moment(at),
    markIds.length > 0 && t('replay:keyImages.marks', { count: markIds.length }),
  ];
  return (
    <li>
      <button type="button" className="replay-moment" aria-current={isChosen} onClick={onChoose}>
        {isStill || !kind ? t('replay:still') : t(`terms:pictureKind.${kind}`)}
        <span className="replay-note">{about.filter(Boolean).join(' · ')}</span>
      </button>
    </li>
  );
}
