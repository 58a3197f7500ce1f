import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import { usePermission } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Page } from '../../ui/page.tsx';
import { NoPermission } from '../no-permission.tsx';
import { Acts } from './acts.tsx';
import { useAuditFilter } from './filter.tsx';
import { Reads } from './reads.tsx';
import { VerifyChain } from './verify-chain.tsx';
import './audit.css';

export function AuditPage() {
  return usePermission('audit:read') ? <Audit /> : <NoPermission />;
}

function Audit() {
  const t = useTexts();
  const [search, setSearch] = useSearchParams();
  const filter = useAuditFilter();
  const tab = search.get('of') === 'reads' ? 'reads' : 'acts';
  return (
    <Page title={t('audit:title')} intro={t('audit:intro')}>
      <VerifyChain />
      <Tabs
        activeKey={tab}
        onChange={(key) =>
          setSearch(
            (old) => {
              old.set('of', key);
              return old;
            },
            { replace: true },
          )
        }
        items={[
          { key: 'acts', label: t('audit:tabs.acts') },
          { key: 'reads', label: t('audit:tabs.reads') },
        ]}
      />
      {tab === 'acts' ? <Acts filter={filter} /> : <Reads filter={filter} />}
    </Page>
  );
}
