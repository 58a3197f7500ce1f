import { Fragment } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon, TOOL_ICONS } from './icon.tsx';
import { HELP_KEY, KEY_IMAGE_KEY, keyName, MARCH_KEY, TOOL_KEYS } from './keys.ts';
import { Menu } from './menu.tsx';
import type { DeskAndSession } from './use-desk.ts';
import type { Command } from './viewer.ts';
import './toolbar.css';

/** The viewer's own commands, then what every kind of picture shares: annotations, key image, help. */
export function Toolbar({
  opened,
  mayAnnotate,
  onKeyImage,
  onHelp,
}: {
  opened: DeskAndSession | undefined;
  mayAnnotate: boolean;
  onKeyImage: (() => void) | undefined;
  onHelp: () => void;
}) {
  const t = useTexts();
  const desk = opened?.desk;
  const commands = desk?.commands().filter((command) => !command.hidden) ?? [];
  const run = (command: Command): void => {
    if (command.mode) desk?.setTool(undefined);
    command.run();
  };
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <div className="review-toolbar" role="toolbar" aria-label={t('review:toolbar')}>
      {groups.map((group, index) => (
        <Fragment key={group}>
          {index > 0 && <span className="review-toolbar-gap" />}
          {commands
            .filter((command) => command.group === group)
            .map((command) =>
              command.menu ? (
                <Menu key={command.id} command={command} />
              ) : (
                <ToolButton
                  key={command.id}
                  id={`command-${command.id}`}
                  label={command.label}
                  word={command.word}
                  path={command.icon ?? ''}
                  shortcut={command.keys[0]}
                  pressed={command.mode ? command.pressed === true && desk?.tool === undefined : command.pressed}
                  onClick={() => run(command)}
                />
              ),
            )}
        </Fragment>
      ))}
      {mayAnnotate && groups.length > 0 && <span className="review-toolbar-gap" />}
      {mayAnnotate &&
        desk?.tools.map((tool) => (
          <ToolButton
            key={tool}
            id={`tool-${tool}`}
            label={t(`review:tool.${tool}`)}
            word={t(`review:shape.${tool}`)}
            path={TOOL_ICONS[tool]}
            shortcut={TOOL_KEYS[tool]}
            pressed={desk.tool === tool}
            onClick={() => desk.setTool(desk.tool === tool ? undefined : tool)}
          />
        ))}
      {mayAnnotate && desk?.tools.includes('caliper') && (
        <ToolButton
          id="toggle-march"
          label={t('review:tool.march')}
          path={TOOL_ICONS.march}
          shortcut={MARCH_KEY}
          pressed={desk.overlay?.marching === true}
          disabled={desk.overlay?.marching === undefined}
          onClick={() => desk.overlay?.toggleMarch()}
        />
      )}
      {mayAnnotate && desk && (
        <ToolButton
          id="remove-annotation"
          label={t('review:tool.remove')}
          path={TOOL_ICONS.remove}
          shortcut="Delete"
          disabled={desk.selected === undefined}
          onClick={() => desk.overlay?.removeSelected()}
        />
      )}
      <span className="review-toolbar-space" />
      {onKeyImage && desk && (
        <button
          type="button"
          className="review-tool review-tool-worded"
          title={`${t('review:keyImage')} (${keyName(KEY_IMAGE_KEY)})`}
          data-testid="take-key-image"
          disabled={desk.pictureId === undefined}
          onClick={onKeyImage}
        >
          <Icon path={TOOL_ICONS.keyImage} />
          <span>{t('review:keyImage')}</span>
        </button>
      )}
      <ToolButton
        id="open-help"
        label={t('review:help.title')}
        path={TOOL_ICONS.help}
        shortcut={HELP_KEY}
        onClick={onHelp}
      />
    </div>
  );
}

function ToolButton({
  id,
  label,
  word,
  path,
  shortcut,
  pressed,
  disabled = false,
  onClick,
}: {
  id: string;
  label: string;
  word?: string | undefined;
  path: string;
  shortcut?: string | undefined;
  pressed?: boolean | undefined;
  disabled?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className={word ? 'review-tool review-tool-with-word' : 'review-tool'}
      title={shortcut ? `${label} (${keyName(shortcut)})` : label}
      // The spoken name begins with the word that is seen (WCAG 2.2, 2.5.3).
      aria-label={word && !label.includes(word) ? `${word} ${label}` : label}
      aria-pressed={pressed}
      disabled={disabled}
      data-testid={id}
      onClick={onClick}
    >
      <Icon path={path} />
      {word && <span className="review-tool-word">{word}</span>}
    </button>
  );
}
