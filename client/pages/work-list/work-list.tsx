import { PageSkeleton } from '../../ui/skeleton.tsx';

export function WorkListPage() {
  return <PageSkeleton />;
}
