import { useNotice } from '../../api/link-context.tsx';
import { useLanguage } from '../../i18n/use-language.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { showToast } from '../../ui/toast.ts';

/** A patient took consent back: whoever is out of the case by it, and those who take part, are told wherever they are. */
export function ConsentNotice() {
  const t = useTexts();
  const language = useLanguage();
  useNotice('consent:withdrawn', ({ consultationId, caseNumber, scopes, by, isOut }) => {
    const who = { name: by.name, facility: by.facilityName };
    const list = new Intl.ListFormat(language, { type: 'conjunction' });
    const named = list.format(scopes.map((scope) => t(`consents:scope.${scope}`)));
    const stays = scopes.includes('consult') ? t('consents:notice.consultText') : t('consents:notice.otherText', who);
    showToast({
      level: 'warning',
      key: `${consultationId} consent`,
      title: isOut
        ? t('consents:notice.out', { caseNumber })
        : t('consents:notice.stays', { scopes: named, caseNumber }),
      description: isOut ? t('consents:notice.outText', who) : stays,
      durationS: 0,
    }).catch(reportError);
  });
  return null;
}
