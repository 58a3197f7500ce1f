import { PageSkeleton } from '../ui/skeleton.tsx';

export function RoomPage() {
  return <PageSkeleton />;
}
