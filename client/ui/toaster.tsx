import { App } from 'antd';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { AntdProvider } from './antd-provider.tsx';
import type { Tone } from './tokens.ts';

export type Toaster = ReturnType<typeof App.useApp>['notification'];

const toasters = new Map<Tone, Promise<Toaster>>();

/** One for the window and tone, in a root of its own: what it says outlives the page that asked for it. */
export function openToaster(tone: Tone): Promise<Toaster> {
  const open = toasters.get(tone);
  if (open) return open;
  const opening = new Promise<Toaster>((resolve) => {
    createRoot(document.createElement('div')).render(
      <AntdProvider tone={tone}>
        <Ready onReady={resolve} />
      </AntdProvider>,
    );
  });
  toasters.set(tone, opening);
  return opening;
}

function Ready({ onReady }: { onReady: (toaster: Toaster) => void }) {
  const { notification } = App.useApp();
  useEffect(() => onReady(notification), [notification, onReady]);
  return null;
}
