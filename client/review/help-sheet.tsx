import { useEffect, useRef } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { ShapeName } from '../shapes/shape-type.ts';
import { togglesOf, typeNamed } from '../shapes/shapes.ts';
import type { Command, Gestures } from '../viewer/viewer.ts';
import { FOLLOW_KEY, HELP_KEY, HIDE_KEY, KEY_IMAGE_KEY, keyName, PRESENT_KEY, SELECT_KEY } from './keys.ts';
import './help-sheet.css';

const MOUSE = ['left', 'middle', 'right', 'alt', 'wheel', 'shiftWheel', 'ctrlWheel', 'touch'] as const;

/** Every key and what the mouse does, made from the same lists as the toolbar. */
export function HelpSheet({
  commands,
  tools,
  gestures,
  solo,
  mayLead,
  mayKeep,
  onClose,
}: {
  commands: Command[];
  tools: readonly ShapeName[];
  gestures: Gestures;
  solo: boolean;
  mayLead: boolean;
  /** There is an opinion to put key images into. */
  mayKeep: boolean;
  onClose: () => void;
}) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const flat = commands.flatMap((command) => command.menu ?? [command]).filter(({ keys }) => keys.length > 0);
  const named = (list: Command[]) =>
    list.map(({ keys, label }) => ({ key: keys.map(keyName).join('  '), text: label }));
  return (
    <dialog
      ref={dialog}
      className="review-help"
      aria-label={t('review:help.title')}
      data-testid="help-sheet"
      onClose={onClose}
    >
      <header>
        <h2>{t('review:help.title')}</h2>
        <button type="button" className="presenter-bar-button" onClick={() => dialog.current?.close()}>
          {t('close')}
        </button>
      </header>
      <div className="review-help-columns">
        <Lines title={t('review:help.picture')} lines={named(flat.filter(({ hidden }) => !hidden))} />
        <Lines title={t('review:help.move')} lines={named(flat.filter(({ hidden }) => hidden))} />
        <Lines
          title={t('review:help.mouse')}
          lines={MOUSE.flatMap((each) => {
            const text = gestures[each];
            return text === undefined ? [] : [{ key: t(`review:help.${each}`), text }];
          })}
        />
        <Lines
          title={t('review:help.tools')}
          lines={[
            { key: keyName(SELECT_KEY), text: t('review:tool.select') },
            ...tools.map((tool) => ({ key: keyName(typeNamed(tool).key), text: t(`review:tool.${tool}`) })),
            ...togglesOf(tools).map(({ key, id }) => ({ key: keyName(key), text: t(`review:tool.${id}`) })),
            ...(tools.some((tool) => typeNamed(tool).leastPoints)
              ? [{ key: t('review:help.polygon'), text: t('review:help.polygonText') }]
              : []),
            ...(['insert', 'selected', 'remove', 'undo', 'redo', 'escape'] as const).map((each) => ({
              key: t(`review:help.${each}`),
              text: t(`review:help.${each}Text`),
            })),
            { key: keyName(HIDE_KEY), text: t('review:tool.hide') },
          ]}
        />
        <Lines
          title={t('review:help.sharing')}
          lines={[
            ...(solo
              ? []
              : [
                  ...(mayLead ? [{ key: keyName(PRESENT_KEY), text: t('review:presenting.take') }] : []),
                  {
                    key: keyName(FOLLOW_KEY),
                    text: `${t('review:presenting.lookFreely')} / ${t('review:presenting.snapBack')}`,
                  },
                ]),
            ...(mayKeep ? [{ key: keyName(KEY_IMAGE_KEY), text: t('review:keyImage') }] : []),
            { key: HELP_KEY, text: t('review:help.help') },
          ]}
        />
      </div>
    </dialog>
  );
}

function Lines({ title, lines }: { title: string; lines: { key: string; text: string }[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {lines.map(({ key, text }) => (
          <div key={`${key} ${text}`}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
