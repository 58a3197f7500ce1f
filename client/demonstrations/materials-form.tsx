import { App, Checkbox } from 'antd';
import { Link } from 'react-router';
import type { DemonstrationMaterial } from '../../server/contract/demonstration.ts';
import { call } from '../api/http.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useMaterialName } from './material-name.ts';
import type { PlanFormProps } from './plan-props.ts';
import type { Perform } from './use-perform.ts';

/** What of the case is to be shown, and who has looked through it. */
export function MaterialsForm({ view, draft, isOpen, onChange, perform }: PlanFormProps & { perform: Perform }) {
  const t = useTexts();
  const { plan } = view;
  if (!plan || draft.consultationId === null) return null;
  const { materials, shownCount, checkedCount } = plan;
  const isShown = (id: string) => draft.materialIds.includes(id);
  return (
    <section className="record-block" aria-labelledby="demonstration-materials">
      <h2 id="demonstration-materials">{t('demonstrations:field.materialIds')}</h2>
      <p className="record-hint">{t('demonstrations:hint.materialIds')}</p>
      {materials === null && (
        <p>{t('demonstrations:materials.hidden', { shown: shownCount, checked: checkedCount })}</p>
      )}
      {materials?.length === 0 && <p>{t('demonstrations:materials.none')}</p>}
      {materials && materials.length > 0 && (
        <>
          <ul className="demonstration-materials">
            {materials.map((one) => (
              <Material
                key={one.materialId}
                material={one}
                isShown={isShown(one.materialId)}
                disabled={!isOpen('materialIds')}
                onShow={(show) =>
                  onChange({
                    materialIds: show
                      ? [...draft.materialIds, one.materialId]
                      : draft.materialIds.filter((id) => id !== one.materialId),
                  })
                }
                onCheck={({ materialId, pictureCount }) =>
                  perform.orTell((version) =>
                    call('demonstration:check-material', {
                      params: { demonstrationId: view.demonstrationId, materialId },
                      body: { version, pictureCount },
                    }),
                  )
                }
              />
            ))}
          </ul>
          <Link to={`/consultations/${draft.consultationId}/images`}>{t('demonstrations:materials.look')}</Link>
        </>
      )}
    </section>
  );
}

function Material({
  material,
  isShown,
  disabled,
  onShow,
  onCheck,
}: {
  material: DemonstrationMaterial;
  isShown: boolean;
  disabled: boolean;
  onShow: (show: boolean) => void;
  /** With the material as it was when the person said so. */
  onCheck: (seen: DemonstrationMaterial) => Promise<void>;
}) {
  const t = useTexts();
  const formats = useFormats();
  const { modal } = App.useApp();
  const materialName = useMaterialName();
  const { checkedBy, checkedAt, mayCheck } = material;
  const confirm = () =>
    modal.confirm({
      title: t('demonstrations:materials.confirm.title'),
      content: t('demonstrations:materials.confirm.text', { material: materialName(material) }),
      okText: t('demonstrations:materials.confirm.ok'),
      cancelText: t('cancel'),
      onOk: () => onCheck(material),
    });
  return (
    <li>
      <Checkbox checked={isShown} disabled={disabled} onChange={(event) => onShow(event.target.checked)}>
        {materialName(material)}
      </Checkbox>
      {isShown && (
        <span>
          {checkedBy && checkedAt
            ? t('demonstrations:materials.checked', { name: checkedBy.name, at: formats.moment(checkedAt) })
            : t('demonstrations:materials.unchecked')}
        </span>
      )}
      {mayCheck && (
        <button type="button" className="button" onClick={confirm}>
          {t('demonstrations:materials.check')}
        </button>
      )}
    </li>
  );
}
