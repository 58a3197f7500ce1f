import { Link, useParams } from 'react-router';
import { AddAgreement } from '../../facilities/add-agreement.tsx';
import { AgreementPane } from '../../facilities/agreement-pane.tsx';
import { AgreementTable } from '../../facilities/agreement-table.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import '../../facilities/facilities.css';
import '../../facilities/records.css';

export function AgreementsPage() {
  return (
    <div className="agreements">
      <AddAgreement />
      <AgreementTable />
    </div>
  );
}

export function AgreementPage() {
  const t = useTexts();
  const { agreementId = '' } = useParams();
  return (
    <>
      <p className="record-back">
        <Link to="/administration/agreements">← {t('administration:sections.agreements')}</Link>
      </p>
      <AgreementPane key={agreementId} agreementId={agreementId} />
    </>
  );
}
