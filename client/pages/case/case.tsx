import { PageSkeleton } from '../../ui/skeleton.tsx';

export function CasePage() {
  return <PageSkeleton />;
}
