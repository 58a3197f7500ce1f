import { PageSkeleton } from '../../ui/skeleton.tsx';

export function SignInPage() {
  return <PageSkeleton />;
}
