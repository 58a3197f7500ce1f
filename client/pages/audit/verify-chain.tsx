import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import type { AuditFault, AuditVerification } from '../../../server/contract/audit.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

export function VerifyChain() {
  const t = useTexts();
  const verify = useMutation({ mutationFn: () => call('audit:verify') });
  const result = verify.data;
  return (
    <div className="audit-verify">
      <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()}>
        {verify.isPending ? t('audit:verifying') : t('audit:verify')}
      </Button>
      <div className="audit-verify-result" role="status">
        {result && !verify.isPending && <Outcome result={result} />}
        {verify.error && <FailureNotice failure={toFailure(verify.error)} onRetry={() => verify.mutate()} />}
      </div>
    </div>
  );
}

function Outcome({ result }: { result: AuditVerification }) {
  const t = useTexts();
  const formats = useFormats();
  const { firstAt, lastAt, count } = result.anchors;
  return (
    <Alert
      type={result.valid ? 'success' : 'error'}
      showIcon
      title={
        result.valid
          ? t('audit:valid', { entries: formats.number(result.entries), accesses: formats.number(result.accesses) })
          : t('audit:broken')
      }
      description={
        <>
          {result.faults.length > 0 && (
            <ul className="audit-faults">
              {result.faults.map((fault) => (
                <li key={`${fault.trail} ${fault.kind} ${fault.from}`}>
                  <FaultText fault={fault} />
                </li>
              ))}
            </ul>
          )}
          <p>
            {firstAt !== null && lastAt !== null
              ? t('audit:anchors', {
                  count: formats.number(count),
                  first: formats.exact(firstAt),
                  last: formats.exact(lastAt),
                })
              : t('audit:noAnchors')}
          </p>
          <p>{t('audit:checkedAt', { at: formats.exact(result.checkedAt) })}</p>
        </>
      }
    />
  );
}

function FaultText({ fault }: { fault: AuditFault }) {
  const t = useTexts();
  const formats = useFormats();
  const { trail, kind, at } = fault;
  const [from, to] = [formats.number(fault.from), formats.number(fault.to)];
  return t(`audit:faults.${kind === 'missing' && at !== null ? 'missingSince' : kind}`, {
    trail: t(`audit:trails.${trail}`),
    range: fault.from === fault.to ? t('audit:one', { from }) : t('audit:several', { from, to }),
    at: at === null ? '' : formats.exact(at),
  });
}
