import { useQuery } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import type { PersonView } from '../../../server/contract/account.ts';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import type { Failure } from '../../../server/contract/failure.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** Choose a colleague of either side, then invite. */
export function InviteDialog({
  view,
  onInvite,
  onClose,
}: {
  view: ConsultationView;
  onInvite: (accountId: string) => Promise<Failure | undefined>;
  onClose: () => void;
}) {
  const t = useTexts();
  const { message } = App.useApp();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<PersonView>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const params = { consultationId: view.consultationId };
  const colleagues = useQuery({
    queryKey: ['colleagues', view.consultationId, view.version],
    queryFn: ({ signal }) => call('colleagues:list', { params, signal }),
  });
  const found = colleagues.data?.filter((person) => matches(person, words));

  async function invite() {
    if (!chosen) return;
    setBusy(true);
    const failed = await onInvite(chosen.accountId).finally(() => setBusy(false));
    setFailure(failed);
    if (failed && failed.code !== 'conflict') return;
    onClose();
    if (!failed) void message.success(t('case:done.invite', { name: chosen.name }));
  }

  return (
    <Modal
      open
      title={t('case:dialogs.invite.title')}
      okText={t('case:dialogs.invite.confirm')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !chosen, loading: busy }}
      onOk={() => void invite()}
      onCancel={onClose}
    >
      <p>{t('case:dialogs.invite.text')}</p>
      <Input
        className="invite-search"
        type="search"
        aria-label={t('case:dialogs.invite.search')}
        placeholder={t('case:dialogs.invite.search')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <div className="invite-list" role="radiogroup" aria-label={t('case:dialogs.invite.title')}>
        {colleagues.isPending && <Skeleton lines={4} lineHeightPx={44} />}
        {colleagues.error && (
          <FailureNotice failure={toFailure(colleagues.error)} onRetry={() => void colleagues.refetch()} />
        )}
        {found?.length === 0 && <p className="case-quiet">{t('case:dialogs.invite.empty')}</p>}
        {found?.map((person) => (
          <label key={person.accountId} className="invite-person">
            <input
              type="radio"
              name="colleague"
              checked={chosen?.accountId === person.accountId}
              onChange={() => setChosen(person)}
            />
            <span>
              <strong>{person.name}</strong> {person.title}
              <span className="case-quiet">{[person.specialty, person.facilityName].filter(Boolean).join(' · ')}</span>
            </span>
          </label>
        ))}
      </div>
      {failure && <FailureNotice failure={failure} />}
    </Modal>
  );
}

function matches(person: PersonView, words: string): boolean {
  const text = `${person.name} ${person.title} ${person.specialty ?? ''} ${person.facilityName}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
