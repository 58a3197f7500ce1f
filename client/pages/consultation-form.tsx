import { PageSkeleton } from '../ui/skeleton.tsx';

export function ConsultationFormPage() {
  return <PageSkeleton />;
}
