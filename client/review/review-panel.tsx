import { useEffect, useRef, useState } from 'react';
import type { PersonView } from '../../server/contract/account.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { reportFault } from '../api/failures.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { CaseIdentity } from '../patient/case-identity.ts';
import type { PictureHome } from '../viewer/picture-home.ts';
import { HelpSheet } from './help-sheet.tsx';
import type { KeyImagePicture } from './key-image.ts';
import { KeyImageDialog } from './key-image-dialog.tsx';
import { MarkList } from './mark-list.tsx';
import { PresenterBar } from './presenter-bar.tsx';
import { RemoveQuestion } from './remove-question.tsx';
import type { ReviewLink } from './review-link.ts';
import { ShownPatient } from './shown-patient.tsx';
import { Strip } from './strip.tsx';
import { Toolbar } from './toolbar.tsx';
import { useDesk } from './use-desk.ts';
import { useKeyImage } from './use-key-image.ts';
import { type Note, reasonOf, useMarks, useNote } from './use-marks.ts';
import { usePanelKeys } from './use-panel-keys.ts';
import './overlay/overlay.css';
import './review.css';
import './review-phone.css';

export interface ReviewPanelProps {
  consultationId: string;
  materials: MaterialView[];
  /** Materials that may be looked at still where they are not among them any more; left out: none. */
  stays?: readonly string[];
  me: PersonView;
  link: ReviewLink;
  mayAnnotate: boolean;
  /** Whose pictures they are: stands above them, and on every print. Left out: whoever shows the panel says it. */
  identity?: CaseIdentity;
  /** Whose access the pictures are read under; left out: the case's. */
  home?: PictureHome;
  /** Left out: the person may lead. Else nobody is asked to hand over. */
  mayLead?: boolean;
  /** Left out: moving the picture leads where nobody does. */
  leadsByMoving?: boolean;
  /** What is to be shown first; another one: now. */
  place?: { materialId: string; annotationId?: string | undefined };
  /** Looking alone: nobody presents, nobody follows, nobody sees this window. */
  solo?: boolean;
  /** Takes the picture for the report; without it the button is not there. A rejection is shown. */
  onKeyImage?: (picture: KeyImagePicture) => void | Promise<void>;
  /** Puts a sentence about a measurement into the findings; without it the button is not there. */
  onInsert?: (sentence: string) => Promise<void>;
}

/** The images of a case, seen together: strip, viewer, tools, who leads. Fills its parent; the parent gives it a height. */
export function ReviewPanel(props: ReviewPanelProps) {
  const { onKeyImage, onInsert, mayAnnotate, mayLead = true, leadsByMoving = true, solo = false } = props;
  const t = useTexts();
  const panel = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [helpOpen, setHelpOpen] = useState(false);
  const [listOpen, setListOpen] = useState(false);
  const [note, say] = useNote();
  const marks = useMarks(() => opened, say);
  const opened = useDesk({ ...props, host, solo, onTrouble: marks.onTrouble });

  const { place } = props;
  useEffect(() => {
    if (place) void opened?.desk.goTo(place).catch(reportFault);
  }, [opened, place]);

  const keyImage = useKeyImage(opened, onKeyImage, say);
  const insert = async (sentence: string): Promise<void> => {
    try {
      await onInsert?.(sentence);
      say(t('review:list.inserted'));
    } catch (thrown) {
      say(reasonOf(thrown), { urgent: true });
    }
  };
  const acts = {
    remove: marks.remove,
    step: marks.step,
    help: () => setHelpOpen(true),
    list: () => setListOpen(!listOpen),
    listOpen,
    keyImage: onKeyImage && keyImage.begin,
    mayLead,
  };
  usePanelKeys(panel, opened, solo, acts);

  return (
    <section ref={panel} className="review-panel" aria-label={t('review:title')} data-testid="review-panel">
      <Toolbar opened={opened} mayAnnotate={mayAnnotate} acts={acts} />
      {props.identity && <ShownPatient opened={opened} identity={props.identity} materials={props.materials} />}
      <Strip opened={opened} materials={props.materials} />
      <div ref={host} className="review-host">
        {note && <NoteLine note={note} />}
        {opened?.desk.failure !== undefined && (
          <p className="review-note" role="alert">
            {reasonOf(opened.desk.failure)}
          </p>
        )}
      </div>
      {listOpen && opened && <MarkList opened={opened} onInsert={onInsert && ((sentence) => void insert(sentence))} />}
      {!solo && <PresenterBar opened={opened} mayLead={mayLead} leadsByMoving={leadsByMoving} />}
      {marks.question && <RemoveQuestion annotation={marks.question} onAnswer={marks.answer} />}
      {keyImage.choice && (
        <KeyImageDialog
          marks={keyImage.choice}
          accountId={props.me.accountId}
          onTake={(annotationIds) => {
            void keyImage.take(annotationIds);
            opened?.desk.focus();
          }}
          onClose={() => {
            keyImage.leave();
            opened?.desk.focus();
          }}
        />
      )}
      {helpOpen && (
        <HelpSheet
          commands={opened?.desk.commands() ?? []}
          tools={opened?.desk.tools ?? []}
          gestures={opened?.desk.gestures() ?? {}}
          solo={solo}
          mayLead={mayLead}
          mayKeep={onKeyImage !== undefined}
          onClose={() => {
            setHelpOpen(false);
            opened?.desk.focus();
          }}
        />
      )}
    </section>
  );
}

function NoteLine({ note: { text, urgent, act } }: { note: Note }) {
  return (
    <p className="review-note" role={urgent ? 'alert' : 'status'} data-testid="review-note">
      {text}
      {act && (
        <button type="button" className="presenter-bar-button" data-testid="note-act" onClick={act.run}>
          {act.label}
        </button>
      )}
    </p>
  );
}
