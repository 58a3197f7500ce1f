import { useMutation } from '@tanstack/react-query';
import { App, Dropdown } from 'antd';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { interrupt } from '../../api/interruptions.ts';
import { useSession } from '../../api/session.tsx';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { PersonIcon } from '../../ui/icons.tsx';

export function PersonMenu() {
  const t = useTexts();
  const { person } = useSession();
  const { modal, message } = App.useApp();
  const signOut = useMutation({
    mutationFn: (everywhere: boolean) => call(everywhere ? 'session:close-all' : 'session:close'),
    onSuccess: () => interrupt({ kind: 'session-ended', reason: 'signed-out' }),
    onError: (error) => message.error(failureText(toFailure(error))),
  });

  function confirmEverywhere() {
    modal.confirm({
      title: t('shell:signOutEverywhere'),
      content: t('shell:signOutEverywhereConfirm'),
      okText: t('shell:signOutEverywhere'),
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk: () => signOut.mutateAsync(true).catch(() => undefined),
    });
  }

  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'person',
            type: 'group',
            label: [person.facilityName, person.title, t(`terms:role.${person.role}`)].filter(Boolean).join(' · '),
          },
          { type: 'divider' },
          { key: 'out', label: t('shell:signOut'), onClick: () => signOut.mutate(false) },
          { key: 'everywhere', label: t('shell:signOutEverywhere'), onClick: confirmEverywhere },
        ],
      }}
    >
      <button type="button" className="button button-quiet person-button" aria-label={t('shell:person')}>
        <PersonIcon />
        <span className="person-name">{person.name}</span>
      </button>
    </Dropdown>
  );
}
