import { PageSkeleton } from '../ui/skeleton.tsx';

export function ImagesPage() {
  return <PageSkeleton />;
}
