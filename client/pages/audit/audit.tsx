import { PageSkeleton } from '../../ui/skeleton.tsx';

export function AuditPage() {
  return <PageSkeleton />;
}
