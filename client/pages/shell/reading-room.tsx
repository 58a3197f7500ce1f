import { Suspense } from 'react';
import { Outlet } from 'react-router';
import { AntdTheme } from '../../ui/antd-theme.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';

/** Full-bleed and dark, outside the office's frame: the room and the images. The page inside fills 100vh itself. */
export function ReadingRoom() {
  return (
    <AntdTheme tone="dark">
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </AntdTheme>
  );
}
