import { useQueryClient } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type FacilityDraft, FacilityTier, type FacilityView } from '../../server/contract/facility.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useSession } from '../api/session.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { facilityProblems } from './facility-problems.ts';
import { Choice, Field } from './field.tsx';
import { keepFacility } from './queries.ts';
import { RegionPicker } from './region-picker.tsx';

const NEW: FacilityDraft = {
  name: '',
  shortName: '',
  tier: 'township',
  region6: '',
  orgCode22: '',
  uscc18: '',
  level: null,
  grade: null,
  departments: [],
};

/** A facility at the top of the tree, for whoever may put one there. */
export function AddFacility() {
  const t = useTexts();
  const { person } = useSession();
  const [isOpen, setOpen] = useState(false);
  // Only the platform's administrator stands above the top.
  if (person.role !== 'admin') return null;
  return (
    <>
      <button type="button" className="button record-add" onClick={() => setOpen(true)}>
        <PlusIcon />
        {t('administration:facility.addTop')}
      </button>
      {isOpen && <AddFacilityDialog parent={null} region6="" onClose={() => setOpen(false)} />}
    </>
  );
}

/** Asks for what a facility cannot be without, and opens the new one. */
export function AddFacilityDialog({
  parent,
  region6,
  onClose,
}: {
  parent: FacilityView | null;
  region6: string;
  onClose: () => void;
}) {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<FacilityDraft>({ ...NEW, region6 });
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const wrong = isTried ? facilityProblems(draft) : [];
  const problem = (field: 'name' | 'region6') =>
    wrong.includes(field) ? t(`administration:facility.problems.${field}`) : undefined;
  const change = (part: Partial<FacilityDraft>) => setDraft((before) => ({ ...before, ...part }));

  async function add() {
    setTried(true);
    if (facilityProblems(draft).length > 0) return;
    setBusy(true);
    try {
      const made = await call('facility:create', { body: { ...draft, parentId: parent?.facilityId ?? null } });
      keepFacility(client, made);
      onClose();
      void navigate(`/administration/facilities/${made.facilityId}`);
    } catch (thrown) {
      setFailure(toFailure(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      title={t('administration:facility.addTitle')}
      okText={t('administration:facility.add')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: isBusy }}
      onOk={() => void add()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{t('administration:facility.addText')}</p>
      {parent && <p>{t('administration:facility.addBelow', { name: parent.name })}</p>}
      <div className="record-stack">
        <Field label={t('administration:facility.name')} problem={problem('name')}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={128}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('administration:facility.tier')}>
          {(control) => (
            <Choice
              control={control}
              value={draft.tier}
              options={FacilityTier.options.map((value) => ({ value, label: t(`terms:tier.${value}`) }))}
              onChange={(tier) => change({ tier })}
            />
          )}
        </Field>
        <RegionPicker
          value={draft.region6}
          disabled={false}
          problem={problem('region6')}
          onChange={(code) => change({ region6: code })}
        />
        {failure && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
