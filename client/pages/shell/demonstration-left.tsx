import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { sessionQuery, usePermission } from '../../api/session.tsx';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import './demonstration-left.css';

/** Warns an administrator, on every page, that passwords which are public still open accounts, until they end it. */
export function DemonstrationLeft() {
  const t = useTexts();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const may = usePermission('demo-network:end');
  const end = useMutation({
    mutationFn: () => call('demo-network:end'),
    async onSuccess() {
      message.success(t('shell:demonstrationLeft.endedAll'));
      await Promise.all([client.invalidateQueries(sessionQuery), client.invalidateQueries({ queryKey: ['people'] })]);
    },
    onError: (error) => message.error(failureText(toFailure(error))),
  });
  if (!may) return null;
  return (
    <aside className="demonstration-left" aria-label={t('shell:demonstrationLeft.end')}>
      <span>{t('shell:demonstrationLeft.left')}</span>
      <button
        type="button"
        className="button button-danger"
        disabled={end.isPending}
        onClick={() =>
          modal.confirm({
            title: t('shell:demonstrationLeft.endTitle'),
            content: t('shell:demonstrationLeft.endText'),
            okText: t('shell:demonstrationLeft.end'),
            cancelText: t('cancel'),
            okButtonProps: { danger: true },
            onOk: () => end.mutateAsync().catch(() => undefined),
          })
        }
      >
        {t('shell:demonstrationLeft.end')}
      </button>
    </aside>
  );
}
