import { PageSkeleton } from '../ui/skeleton.tsx';

export function ReportPage() {
  return <PageSkeleton />;
}
