import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { PersonView } from '../../server/contract/account.ts';
import { Failure } from '../../server/contract/failure.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { CaseIdentity } from '../patient/case-identity.ts';
import type { KeyImagePicture } from './desk.ts';
import { HelpSheet } from './help-sheet.tsx';
import {
  commandForKey,
  FOLLOW_KEY,
  HELP_KEY,
  isForReview,
  KEY_IMAGE_KEY,
  MARCH_KEY,
  PRESENT_KEY,
  TOOL_KEYS,
} from './keys.ts';
import { PresenterBar } from './presenter-bar.tsx';
import type { ReviewLink } from './review-link.ts';
import type { ReviewTrouble } from './session.ts';
import { ShownPatient } from './shown-patient.tsx';
import { Strip } from './strip.tsx';
import { Toolbar } from './toolbar.tsx';
import { useDesk } from './use-desk.ts';
import './overlay/overlay.css';
import './review.css';

export interface ReviewPanelProps {
  consultationId: string;
  materials: MaterialView[];
  me: PersonView;
  link: ReviewLink;
  mayAnnotate: boolean;
  /** Whose pictures they are: stands above them, and on every print. Left out: whoever shows the panel says it. */
  identity?: CaseIdentity;
  /** Looking alone: nobody presents, nobody follows, nobody sees this window. */
  solo?: boolean;
  /** Takes the picture for the report; without it the button is not there. A rejection is shown. */
  onKeyImage?: (picture: KeyImagePicture) => void | Promise<void>;
}

/** The images of a case, seen together: strip, viewer, tools, who leads. Fills its parent; the parent gives it a height. */
export function ReviewPanel(props: ReviewPanelProps) {
  const { onKeyImage, solo = false } = props;
  const t = useTexts();
  const panel = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const [helpOpen, setHelpOpen] = useState(false);
  const [note, setNote] = useState<{ text: string; urgent: boolean }>();
  const say = (text: string, urgent = false): void => setNote({ text, urgent });
  const onTrouble = (trouble: ReviewTrouble): void => {
    if (trouble.kind === 'take-over-denied') say(t('review:presenting.denied'));
    else say(t('review:annotationRefused', { reason: reasonOf(trouble.failure) }), true);
  };
  const opened = useDesk({ ...props, host, solo, onTrouble });

  useEffect(() => {
    if (!note) return undefined;
    const timer = setTimeout(() => setNote(undefined), note.urgent ? 12_000 : 4_000);
    return () => clearTimeout(timer);
  }, [note]);

  const takeKeyImage = async (): Promise<void> => {
    if (!opened || !onKeyImage) return;
    say(t('review:keyImageTaking'));
    try {
      await onKeyImage(await opened.desk.takeKeyImage());
      say(t('review:keyImageTaken'));
    } catch (thrown) {
      say(thrown instanceof Failure ? failureText(thrown) : t('review:keyImageFailed'), true);
    }
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!opened || !panel.current || !isForReview(event, panel.current)) return;
    const { desk, session } = opened;
    const onStage = event.target instanceof Element && event.target.closest('.review-stage') !== null;
    const tool = desk.tools.find((kind) => TOOL_KEYS[kind] === event.key.toLowerCase());
    const command = commandForKey(desk.commands(), event.key);
    if (command) {
      if (command.mode) desk.setTool(undefined);
      command.run();
    } else if (tool && props.mayAnnotate) desk.setTool(desk.tool === tool ? undefined : tool);
    else if (event.key === 'Enter' && onStage && desk.tool) desk.overlay?.insert();
    else if (event.key.toLowerCase() === MARCH_KEY && desk.overlay?.marching !== undefined) desk.overlay.toggleMarch();
    else if (event.key === 'Delete' || event.key === 'Backspace') desk.overlay?.removeSelected();
    else if (event.key === 'Escape') {
      if (!desk.overlay?.escape()) return;
    } else if (event.key === HELP_KEY) setHelpOpen(true);
    else if (event.key.toLowerCase() === KEY_IMAGE_KEY && onKeyImage) void takeKeyImage();
    else if (event.key.toLowerCase() === FOLLOW_KEY && !solo) {
      if (session.state.following) session.unfollow();
      else session.follow();
    } else if (event.key.toLowerCase() === PRESENT_KEY && !solo) session.ask();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  return (
    <section ref={panel} className="review-panel" aria-label={t('review:title')} data-testid="review-panel">
      <Toolbar
        opened={opened}
        mayAnnotate={props.mayAnnotate}
        onKeyImage={onKeyImage && (() => void takeKeyImage())}
        onHelp={() => setHelpOpen(true)}
      />
      {props.identity && <ShownPatient opened={opened} identity={props.identity} materials={props.materials} />}
      <Strip opened={opened} materials={props.materials} />
      <div ref={host} className="review-host">
        {note && (
          <p className="review-note" role={note.urgent ? 'alert' : 'status'}>
            {note.text}
          </p>
        )}
        {opened?.desk.failure !== undefined && (
          <p className="review-note" role="alert">
            {reasonOf(opened.desk.failure)}
          </p>
        )}
      </div>
      {!solo && <PresenterBar opened={opened} />}
      {helpOpen && (
        <HelpSheet
          commands={opened?.desk.commands() ?? []}
          tools={opened?.desk.tools ?? []}
          gestures={opened?.desk.gestures() ?? {}}
          solo={solo}
          onClose={() => {
            setHelpOpen(false);
            opened?.desk.focus();
          }}
        />
      )}
    </section>
  );
}

function reasonOf(thrown: unknown): string {
  return failureText(
    thrown instanceof Failure ? thrown : new Failure('unavailable', 'something did not arrive', { cause: thrown }),
  );
}
