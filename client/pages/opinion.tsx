import { PageSkeleton } from '../ui/skeleton.tsx';

export function OpinionPage() {
  return <PageSkeleton />;
}
