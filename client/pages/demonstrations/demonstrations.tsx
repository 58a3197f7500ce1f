import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import type { DemonstrationDesk } from '../../../server/contract/demonstration.ts';
import { usePermission } from '../../api/session.tsx';
import { DeskLists } from '../../demonstrations/desk-lists.tsx';
import { useDemonstrationDesks } from '../../demonstrations/desks.ts';
import { NewDemonstration } from '../../demonstrations/new-demonstration.tsx';
import { useLiveDemonstrations } from '../../demonstrations/queries.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Page } from '../../ui/page.tsx';
import { NoPermission } from '../no-permission.tsx';

export function DemonstrationsPage() {
  return useDemonstrationDesks().length > 0 ? <Demonstrations /> : <NoPermission />;
}

function Demonstrations() {
  const t = useTexts();
  const desks = useDemonstrationDesks();
  const plans = usePermission('demonstration:plan');
  const [search, setSearch] = useSearchParams();
  useLiveDemonstrations();
  const desk = desks.find((one) => one === search.get('desk')) ?? desks[0] ?? 'watch';
  return (
    <Page title={t('demonstrations:title')} intro={t('demonstrations:intro')} actions={plans && <NewDemonstration />}>
      {desks.length > 1 && (
        <Segmented<DemonstrationDesk>
          size="large"
          className="demonstration-desks"
          aria-label={t('demonstrations:title')}
          value={desk}
          options={desks.map((value) => ({ value, label: t(`demonstrations:desks.${value}`) }))}
          onChange={(value) => setSearch({ desk: value }, { replace: true })}
        />
      )}
      <DeskLists key={desk} desk={desk} />
    </Page>
  );
}
