import { useTranslation } from 'react-i18next';

/** Nobody's account is the server itself, or whoever runs the machine: the user of its operating system. */
interface Doer {
  actorId: string | null;
  actorName: string;
  detail?: Record<string, unknown>;
}

/** Plain words for the codes of the record. A code without words is shown as it is: the record hides nothing. */
export function useWords() {
  const { i18n } = useTranslation();
  const word = (group: 'actions' | 'subjects', key: string, code: string): string => {
    const text: unknown = i18n.getResource(i18n.language, 'audit', `${group}.${key}`);
    return typeof text === 'string' ? text : code;
  };
  return {
    act: (action: string) => word('actions', action.replace(':', '-'), action),
    subject: (kind: string) => word('subjects', kind, kind),
    /** Who it was; a person without a name by the beginning of their identifier. */
    actor: ({ actorId, actorName, detail }: Doer) => {
      if (actorId !== null) return actorName || actorId.slice(0, 8);
      const operator = detail?.['operator'];
      return typeof operator === 'string' ? i18n.t('audit:operator', { name: operator }) : i18n.t('audit:system');
    },
  };
}
