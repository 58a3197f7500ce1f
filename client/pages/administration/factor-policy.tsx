import { FactorPolicy } from '../../accounts/factor-policy.tsx';
import { usePermission } from '../../api/session.tsx';
import { NoPermission } from '../no-permission.tsx';

export function FactorPolicyPage() {
  return usePermission('factor-policy:manage') ? <FactorPolicy /> : <NoPermission />;
}
