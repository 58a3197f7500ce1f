import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

export function VerifyChain() {
  const t = useTexts();
  const formats = useFormats();
  const verify = useMutation({ mutationFn: () => call('audit:verify') });
  const result = verify.data;
  return (
    <div className="audit-verify">
      <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()}>
        {verify.isPending ? t('audit:verifying') : t('audit:verify')}
      </Button>
      <div className="audit-verify-result" role="status">
        {result && !verify.isPending && (
          <Alert
            type={result.valid ? 'success' : 'error'}
            showIcon
            title={
              result.valid
                ? t('audit:valid', { entries: formats.number(result.entries) })
                : t('audit:broken', { sequence: formats.number(result.brokenAtSequence ?? 0) })
            }
            description={t('audit:checkedAt', { at: formats.exact(result.checkedAt) })}
          />
        )}
        {verify.error && <FailureNotice failure={toFailure(verify.error)} onRetry={() => verify.mutate()} />}
      </div>
    </div>
  );
}
