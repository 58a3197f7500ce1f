import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from './api/query-client.ts';
import { startI18n } from './i18n/i18n.ts';
import { router } from './pages/router.tsx';
import { OutdatedGate } from './ui/outdated-gate.tsx';
import 'virtual:tokens.css';
import './ui/base.css';
import './ui/controls.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

await startI18n();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <OutdatedGate>
        <RouterProvider router={router} />
      </OutdatedGate>
    </QueryClientProvider>
  </StrictMode>,
);
