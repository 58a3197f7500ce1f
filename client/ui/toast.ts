import type { Tone } from './tokens.ts';

export interface Toast {
  /** A later one with the same key takes its place. */
  key: string;
  level: 'info' | 'warning';
  title: string;
  description?: string;
  /** 0: until it is closed. */
  durationS: number;
}

/**
 * Says something at the edge of the window, over whatever page is open. The reading room draws its first picture without antd, so that
 * comes with the first toast.
 */
export async function showToast(toast: Toast): Promise<void> {
  const tone: Tone = document.querySelector('[data-tone="dark"]') ? 'dark' : 'light';
  const { openToaster } = await import('./toaster.tsx');
  const notification = await openToaster(tone);
  notification[toast.level]({
    key: toast.key,
    title: toast.title,
    description: toast.description,
    duration: toast.durationS,
    // The room has its chat and its controls below.
    placement: tone === 'dark' ? 'top' : 'bottomRight',
  });
}
