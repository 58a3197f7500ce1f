import { Suspense } from 'react';
import { Outlet } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { DemoStrip } from '../../ui/demo-strip.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import { RoomNotice } from './room-notice.tsx';

/**
 * Full-bleed and dark, outside the office's frame: the room and the images. The page inside fills the window, less the demo's strip, itself.
 * Pictures come sooner without antd: a page that needs it brings it.
 */
export function ReadingRoom() {
  const { isDemonstration } = useSession();
  return (
    <div data-tone="dark" className="tone-root">
      {isDemonstration && <DemoStrip />}
      <RoomNotice />
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </div>
  );
}
