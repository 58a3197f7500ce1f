import { Modal } from 'antd';
import { useState } from 'react';
import type { DemonstrationAction, DemonstrationView } from '../../server/contract/demonstration.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { call } from '../api/http.ts';
import { Field } from '../facilities/field.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { RecordingSwitch } from './recording-switch.tsx';
import { TimeFields, type Times } from './time-fields.tsx';
import type { Perform } from './use-perform.ts';

/** Acts that take a press and no more, the weightier ones first. */
const PLAIN = [
  'ask-sign-off',
  'sign-theatre',
  'sign-ethics',
  'open-enrolment',
  'close-enrolment',
  'reopen-enrolment',
  'open-replay',
  'retire-replay',
] as const satisfies readonly DemonstrationAction[];
/** Acts that ask for something first. */
const ASKING = ['send-back', 'move', 'cancel'] as const satisfies readonly DemonstrationAction[];

/** What the server allows now, each act by its button. */
export function DemonstrationActs({ view, perform }: { view: DemonstrationView; perform: Perform }) {
  const t = useTexts();
  const [asking, setAsking] = useState<(typeof ASKING)[number]>();
  const [isBusy, setBusy] = useState(false);
  const { demonstrationId, actions } = view;
  const params = { demonstrationId };
  const close = () => setAsking(undefined);
  const press = async (act: (typeof PLAIN)[number]) => {
    setBusy(true);
    await perform.orTell((version) => call(`demonstration:${act}`, { params, body: { version } }));
    setBusy(false);
  };
  const withReason = (act: 'send-back' | 'cancel') => async (reason: string) => {
    const failure = await perform((version) => call(`demonstration:${act}`, { params, body: { version, reason } }));
    if (!failure) close();
    return failure;
  };
  return (
    <div className="record-acts">
      {PLAIN.filter((act) => actions.includes(act)).map((act) => (
        <button
          key={act}
          type="button"
          className={act.endsWith('enrolment') && act !== 'open-enrolment' ? 'button' : 'button button-primary'}
          disabled={isBusy}
          onClick={() => void press(act)}
        >
          {t(`demonstrations:act.${act}`)}
        </button>
      ))}
      {ASKING.filter((act) => actions.includes(act)).map((act) => (
        <button key={act} type="button" className="button" onClick={() => setAsking(act)}>
          {t(`demonstrations:act.${act}`)}
        </button>
      ))}
      <RecordingSwitch view={view} />
      {asking === 'send-back' && (
        <ReasonDialog
          title={t('demonstrations:sendBack.title')}
          text={t('demonstrations:sendBack.text')}
          confirm={t('demonstrations:sendBack.confirm')}
          onConfirm={withReason('send-back')}
          onClose={close}
        />
      )}
      {asking === 'cancel' && (
        <ReasonDialog
          cancelText={t('back')}
          title={t('demonstrations:cancel.title')}
          text={t('demonstrations:cancel.text')}
          confirm={t('demonstrations:cancel.confirm')}
          danger
          onConfirm={withReason('cancel')}
          onClose={close}
        />
      )}
      {asking === 'move' && <MoveDialog view={view} perform={perform} onClose={close} />}
    </div>
  );
}

function MoveDialog({ view, perform, onClose }: { view: DemonstrationView; perform: Perform; onClose: () => void }) {
  const t = useTexts();
  const { demonstrationId, plan } = view;
  const [times, setTimes] = useState<Times>({ startsAt: view.startsAt, endsAt: view.endsAt });
  const [room, setRoom] = useState(plan?.draft.room ?? '');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  async function move() {
    const { startsAt, endsAt } = times;
    if (startsAt === null || endsAt === null) return;
    setBusy(true);
    const failed = await perform((version) =>
      call('demonstration:move', { params: { demonstrationId }, body: { version, startsAt, endsAt, room } }),
    );
    setBusy(false);
    setFailure(failed);
    if (!failed) onClose();
  }
  return (
    <Modal
      open
      title={t('demonstrations:move.title')}
      okText={t('demonstrations:move.confirm')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: isBusy, disabled: times.startsAt === null || room.trim() === '' }}
      onOk={() => void move()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{t('demonstrations:move.text')}</p>
      <div className="record-stack">
        <TimeFields value={times} onChange={setTimes} />
        <Field label={t('demonstrations:field.room')}>
          {(control) => (
            <input
              {...control}
              className="record-select"
              maxLength={64}
              value={room}
              onChange={(event) => setRoom(event.target.value)}
            />
          )}
        </Field>
        {failure && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
