import { useLayoutEffect } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import './demo-strip.css';

/** Says on every page, printed ones too, that anybody may sign in here. Takes its height from the page, covering nothing. */
export function DemoStrip() {
  const t = useTexts();
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset['demonstration'] = '';
    return () => {
      delete root.dataset['demonstration'];
    };
  }, []);
  return (
    <aside className="demo-strip" aria-label={t('shell:demonstrationName')}>
      {t('shell:demonstration')}
    </aside>
  );
}
