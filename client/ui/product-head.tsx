import { useTexts } from '../i18n/use-texts.ts';
import { LanguageSwitch } from './language-switch.tsx';
import './product-head.css';

/** What stands above the pages that are open to anyone. */
export function ProductHead() {
  const t = useTexts();
  return (
    <header className="product-head">
      <img src="/icon.svg" width="40" height="40" alt="" />
      <div>
        <p className="product-head-name">{t('productName')}</p>
        <p className="product-head-line">{t('productLine')}</p>
      </div>
      <LanguageSwitch />
    </header>
  );
}
