import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useState } from 'react';
import type { FacilityAction, FacilityDetail, FacilityDraft, FacilityView } from '../../server/contract/facility.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { actOnSaved } from '../drafts/act-on-saved.ts';
import type { Autosave } from '../drafts/autosave.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { AddFacilityDialog } from './add-facility.tsx';
import { FacilityPicker } from './facility-picker.tsx';
import { Field } from './field.tsx';
import { facilitiesQuery, facilityQuery, keepFacility } from './queries.ts';

const BUTTONS = ['add-below', 'move', 'close', 'reopen', 'merge'] as const satisfies FacilityAction[];
type Act = (typeof BUTTONS)[number];

/** What may be done with the facility now, as the server says. Each act first saves what is typed. */
export function FacilityActs({ detail, autosave }: { detail: FacilityDetail; autosave: Autosave<FacilityDraft> }) {
  const t = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [act, setAct] = useState<Act>();
  const { facilityId, draft } = detail;
  const params = { facilityId };

  /** @returns the failure; what the server has meanwhile is shown then. */
  async function perform(work: (version: number) => Promise<FacilityDetail>): Promise<Failure | undefined> {
    try {
      keepFacility(client, await actOnSaved(autosave, work));
      setAct(undefined);
      return undefined;
    } catch (thrown) {
      void client.invalidateQueries({ queryKey: facilityQuery(facilityId).queryKey });
      return toFailure(thrown);
    }
  }
  async function reopen() {
    const failure = await perform((version) => call('facility:reopen', { params, body: { version } }));
    if (failure) void message.error(failureText(failure));
  }

  return (
    <div className="record-acts">
      {BUTTONS.filter((one) => detail.actions.includes(one)).map((one) => (
        <button
          key={one}
          type="button"
          className="button"
          onClick={() => (one === 'reopen' ? void reopen() : setAct(one))}
        >
          {t(`administration:facility.actions.${one}`)}
        </button>
      ))}
      {act === 'add-below' && (
        <AddFacilityDialog
          parent={{ facilityId, name: draft.name, tier: draft.tier }}
          region6={draft.region6}
          onClose={() => setAct(undefined)}
        />
      )}
      {act === 'move' && (
        <MoveDialog
          detail={detail}
          onMove={(parentId) => perform((version) => call('facility:move', { params, body: { version, parentId } }))}
          onClose={() => setAct(undefined)}
        />
      )}
      {act === 'close' && (
        <ReasonDialog
          title={t('administration:facility.close.title', { name: draft.name })}
          text={t('administration:facility.close.text')}
          confirm={t('administration:facility.close.confirm')}
          danger
          onConfirm={(reason) => perform((version) => call('facility:close', { params, body: { version, reason } }))}
          onClose={() => setAct(undefined)}
        />
      )}
      {act === 'merge' && (
        <MergeDialog
          detail={detail}
          onMerge={(intoId, reason) =>
            perform((version) => call('facility:merge', { params, body: { version, intoId, reason } }))
          }
          onClose={() => setAct(undefined)}
        />
      )}
    </div>
  );
}

/** Those that one administers, which alone may be chosen as the place of another. */
function useAdministered(): FacilityView[] {
  const { data = [] } = useQuery(facilitiesQuery);
  return data.filter(({ status }) => status === 'active');
}

function MoveDialog({
  detail,
  onMove,
  onClose,
}: {
  detail: FacilityDetail;
  onMove: (parentId: string) => Promise<Failure | undefined>;
  onClose: () => void;
}) {
  const t = useTexts();
  const among = useAdministered();
  const [parent, setParent] = useState<FacilityView>();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  async function move() {
    if (!parent) return;
    setBusy(true);
    setFailure(await onMove(parent.facilityId).finally(() => setBusy(false)));
  }
  return (
    <Modal
      open
      title={t('administration:facility.move.title')}
      okText={t('administration:facility.move.confirm')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: isBusy, disabled: !parent }}
      onOk={() => void move()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{t('administration:facility.move.text')}</p>
      <div className="record-stack">
        <Field label={t('administration:facility.move.to')}>
          {(control) => (
            <FacilityPicker
              control={control}
              value={parent}
              among={among}
              except={[detail.facilityId, detail.parent?.facilityId ?? '']}
              onChange={setParent}
            />
          )}
        </Field>
        {failure && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}

function MergeDialog({
  detail,
  onMerge,
  onClose,
}: {
  detail: FacilityDetail;
  onMerge: (intoId: string, reason: string) => Promise<Failure | undefined>;
  onClose: () => void;
}) {
  const t = useTexts();
  const among = useAdministered();
  const [into, setInto] = useState<FacilityView>();
  const [isMissing, setMissing] = useState(false);
  return (
    <ReasonDialog
      title={t('administration:facility.merge.title', { name: detail.draft.name })}
      text={t('administration:facility.merge.text')}
      confirm={t('administration:facility.merge.confirm')}
      danger
      onConfirm={async (reason) => {
        setMissing(!into);
        return into ? onMerge(into.facilityId, reason) : undefined;
      }}
      onClose={onClose}
    >
      <Field
        label={t('administration:facility.merge.into')}
        problem={isMissing && !into ? t('administration:facility.merge.choose') : undefined}
      >
        {(control) => (
          <FacilityPicker
            control={control}
            value={into}
            among={among}
            except={[detail.facilityId]}
            onChange={setInto}
          />
        )}
      </Field>
    </ReasonDialog>
  );
}
