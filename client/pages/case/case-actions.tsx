import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { isOvertaken } from '../../../server/contract/failure-fate.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ImagesIcon, VideoIcon } from '../../ui/icons.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { type CaseButton, offeredButtons } from './case-buttons.ts';
import { InviteDialog } from './invite-dialog.tsx';
import type { Acts } from './use-acts.ts';

const ICONS: Partial<Record<CaseButton, React.ReactNode>> = {
  review: <ImagesIcon />,
  'start-call': <VideoIcon />,
  'join-call': <VideoIcon />,
};

type Dialog = 'decline' | 'ask-supplement' | 'answer-in-writing' | 'hand-over' | 'cancel' | 'invite';

/** What the server says may be done now, and nothing else. The first button is the next step; what ends the case stands last. */
export function CaseActions({ view, acts }: { view: ConsultationView; acts: Acts }) {
  const t = useTexts();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<Dialog>();
  const page = `/consultations/${view.consultationId}`;

  const press: Record<CaseButton, () => unknown> = {
    edit: () => navigate(`${page}/edit`),
    review: () => navigate(`${page}/images`),
    'join-call': () => navigate(`${page}/room`),
    'write-opinion': () => navigate(`${page}/opinion`),
    'read-report': () => navigate(`${page}/report`),
    acknowledge: () => navigate(`${page}/report`),
    async accept() {
      if (!(await acts.accept(view.version))) void message.success(t('case:done.accept'));
    },
    // The other side is rung from the preview, once one's own camera and microphone have been seen to work.
    'start-call': () => navigate(`${page}/room`),
    decline: () => setDialog('decline'),
    'ask-supplement': () => setDialog('ask-supplement'),
    'answer-in-writing': () => setDialog('answer-in-writing'),
    'hand-over': () => setDialog('hand-over'),
    cancel: () => setDialog('cancel'),
    invite: () => setDialog('invite'),
  };

  function textOf(button: CaseButton): string {
    if (button === 'edit' && view.awaiting === 'submission') return t('case:actions.continueDraft');
    if (button === 'write-opinion' && view.amendment) return t('case:actions.continueAmendment');
    return t(`case:actions.${button}`);
  }
  const send = {
    decline: acts.decline,
    'ask-supplement': acts.askSupplement,
    'answer-in-writing': acts.answerInWriting,
    'hand-over': acts.handOver,
    cancel: acts.cancel,
  };

  return (
    <>
      {offeredButtons({ ...view, hasPictures: view.materials.length > 0 }).map((button, index) => (
        <Button
          key={button}
          type={index === 0 ? 'primary' : 'default'}
          danger={button === 'decline' || button === 'cancel'}
          icon={ICONS[button]}
          disabled={acts.busy}
          onClick={() => void press[button]()}
        >
          {textOf(button)}
        </Button>
      ))}
      {dialog === 'invite' && <InviteDialog view={view} onInvite={acts.invite} onClose={() => setDialog(undefined)} />}
      {dialog && dialog !== 'invite' && (
        <ReasonDialog
          title={t(`case:dialogs.${dialog}.title`)}
          text={t(`case:dialogs.${dialog}.text`)}
          confirm={t(`case:dialogs.${dialog}.confirm`)}
          danger={dialog === 'decline' || dialog === 'cancel'}
          wording={
            dialog === 'ask-supplement'
              ? {
                  label: t('case:supplement.label'),
                  placeholder: t('case:supplement.placeholder'),
                  missing: t('case:supplement.missing'),
                }
              : undefined
          }
          onClose={() => setDialog(undefined)}
          onConfirm={async (reason) => {
            const failure = await send[dialog](view.version, reason);
            // A conflict is told on the page, which shows the latest; what was typed is of no use any more.
            if (failure && !isOvertaken(failure)) return failure;
            setDialog(undefined);
            if (!failure) void message.success(t(`case:done.${dialog}`));
            return undefined;
          }}
        />
      )}
    </>
  );
}
