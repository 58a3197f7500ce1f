import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MadeMachine } from '../../../server/contract/machine.ts';
import { choicesQuery } from '../../accounts/people-data.ts';
import { toFailure } from '../../api/failures.ts';
import { usePermission } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { MachineTable } from '../../machines/machine-table.tsx';
import { MadeToken } from '../../machines/made-token.tsx';
import { NewMachine } from '../../machines/new-machine.tsx';
import { machinesQuery } from '../../machines/queries.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PlusIcon } from '../../ui/icons.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NoPermission } from '../no-permission.tsx';
import '../../accounts/people.css';

export function MachinesPage() {
  return usePermission('machine:list') ? <Machines /> : <NoPermission />;
}

/** The machines of the facilities that somebody administers. */
function Machines() {
  const t = useTexts();
  const machines = useQuery(machinesQuery);
  const mayMake = usePermission('account:manage');
  const choices = useQuery({ ...choicesQuery, enabled: mayMake });
  const [isNew, setNew] = useState(false);
  const [made, setMade] = useState<MadeMachine>();
  const failed = machines.error ?? choices.error;
  return (
    <>
      <div className="people-head">
        <p className="page-intro">{t(mayMake ? 'machines:intro' : 'machines:introSecond')}</p>
        {mayMake && (
          <button type="button" className="button button-primary" disabled={!choices.data} onClick={() => setNew(true)}>
            <PlusIcon />
            {t('machines:make')}
          </button>
        )}
      </div>
      {failed && (
        <FailureNotice
          failure={toFailure(failed)}
          onRetry={() => void Promise.all([machines.refetch(), ...(mayMake ? [choices.refetch()] : [])])}
        />
      )}
      {machines.isPending && (
        <div className="panel">
          <Skeleton lines={6} lineHeightPx={40} />
        </div>
      )}
      {machines.data?.length === 0 && (
        <EmptyState
          title={t('machines:empty.title')}
          text={t(mayMake ? 'machines:empty.text' : 'machines:empty.textSecond')}
        />
      )}
      {machines.data && machines.data.length > 0 && <MachineTable machines={machines.data} />}
      {isNew && choices.data && (
        <NewMachine
          choices={choices.data}
          onMade={(one) => {
            setNew(false);
            setMade(one);
          }}
          onClose={() => setNew(false)}
        />
      )}
      {made && <MadeToken made={made} onClose={() => setMade(undefined)} />}
    </>
  );
}
