import { Fragment } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { togglesOf, typeNamed } from '../shapes/shapes.ts';
import type { Command, Tool } from '../viewer/viewer.ts';
import type { Desk } from './desk.ts';
import { Icon, TOOL_ICONS } from './icon.tsx';
import { HELP_KEY, HIDE_KEY, KEY_IMAGE_KEY, keyName, SELECT_KEY } from './keys.ts';
import { Menu } from './menu.tsx';
import { type DeskAndSession, useReviewState } from './use-desk.ts';
import type { PanelActs } from './use-panel-keys.ts';
import './toolbar.css';

/** The viewer's own commands, then what every kind of picture shares: annotations, key image, help. */
export function Toolbar({
  opened,
  mayAnnotate,
  acts,
}: {
  opened: DeskAndSession | undefined;
  /** Else what is drawn is for oneself. */
  mayAnnotate: boolean;
  acts: PanelActs;
}) {
  const t = useTexts();
  const desk = opened?.desk;
  const commands = desk?.commands().filter((command) => !command.hidden) ?? [];
  return (
    <div className="review-toolbar" role="toolbar" aria-label={t('review:toolbar')}>
      {desk && <Commands desk={desk} commands={commands} />}
      {opened && commands.length > 0 && <MarkTools opened={opened} acts={acts} />}
      {opened && !mayAnnotate && (
        <span className="review-toolbar-note" data-testid="marks-local" title={t('review:marks.localTitle')}>
          {t('review:marks.local')}
        </span>
      )}
      <span className="review-toolbar-space" />
      {desk && commands.length > 0 && (
        <ToolButton
          id="open-list"
          label={t('review:list.title')}
          path={TOOL_ICONS.list}
          pressed={acts.listOpen}
          onClick={acts.list}
        />
      )}
      {acts.keyImage && desk && <KeyImageButton desk={desk} onClick={acts.keyImage} />}
      <ToolButton
        id="open-help"
        label={t('review:help.title')}
        path={TOOL_ICONS.help}
        shortcut={HELP_KEY}
        onClick={acts.help}
      />
    </div>
  );
}

/** What the viewer itself can do, group by group. */
function Commands({ desk, commands }: { desk: Desk; commands: Command[] }) {
  const run = (command: Command): void => {
    if (command.mode) desk.setTool(undefined);
    command.run();
  };
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <>
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
                  pressed={command.mode ? command.pressed === true && desk.tool === undefined : command.pressed}
                  onClick={() => run(command)}
                />
              ),
            )}
        </Fragment>
      ))}
    </>
  );
}

/** Choosing, drawing and taking back marks: alike on every kind of picture. */
function MarkTools({ opened: { desk, session }, acts }: { opened: DeskAndSession; acts: PanelActs }) {
  const t = useTexts();
  // What can be taken back follows from the marks, which change with it.
  useReviewState(session);
  const { overlay } = desk;
  return (
    <>
      <DrawingTools desk={desk} />
      <ToolButton
        id="remove-annotation"
        label={t('review:tool.remove')}
        path={TOOL_ICONS.remove}
        shortcut="Delete"
        disabled={desk.selected === undefined}
        onClick={acts.remove}
      />
      {(['undo', 'redo'] as const).map((direction) => (
        <ToolButton
          key={direction}
          id={`marks-${direction}`}
          label={t(`review:tool.${direction}`)}
          path={TOOL_ICONS[direction]}
          shortcut={direction === 'undo' ? 'Ctrl+Z' : 'Ctrl+Y'}
          disabled={!session.canStep(direction)}
          onClick={() => acts.step(direction)}
        />
      ))}
      <ToolButton
        id="hide-marks"
        label={t('review:tool.hide')}
        path={TOOL_ICONS.hide}
        shortcut={HIDE_KEY}
        pressed={overlay?.hidden === true}
        onClick={() => overlay?.setHidden(!overlay.hidden)}
      />
    </>
  );
}

/** What the left mouse button does to marks, and what can be switched of the one that is selected. */
function DrawingTools({ desk }: { desk: Desk }) {
  const t = useTexts();
  const { overlay } = desk;
  const inHand = (tool: Tool): void => desk.setTool(desk.tool === tool ? undefined : tool);
  return (
    <>
      <span className="review-toolbar-gap" />
      <ToolButton
        id="tool-select"
        label={t('review:tool.select')}
        word={t('review:word.select')}
        path={TOOL_ICONS.select}
        shortcut={SELECT_KEY}
        pressed={desk.tool === 'select'}
        onClick={() => inHand('select')}
      />
      {desk.tools.map((tool) => (
        <ToolButton
          key={tool}
          id={`tool-${tool}`}
          label={t(`review:tool.${tool}`)}
          word={t(`review:shape.${tool}`)}
          path={typeNamed(tool).icon}
          shortcut={typeNamed(tool).key}
          pressed={desk.tool === tool}
          onClick={() => inHand(tool)}
        />
      ))}
      {togglesOf(desk.tools).map(({ id, key, icon }) => (
        <ToolButton
          key={id}
          id={`toggle-${id}`}
          label={t(`review:tool.${id}`)}
          path={icon}
          shortcut={key}
          pressed={overlay?.toggled === true}
          disabled={overlay?.toggled === undefined}
          onClick={() => overlay?.toggle()}
        />
      ))}
    </>
  );
}

function KeyImageButton({ desk, onClick }: { desk: Desk; onClick: () => void }) {
  const t = useTexts();
  return (
    <button
      type="button"
      className="review-tool review-tool-worded"
      title={`${t('review:keyImage')} (${keyName(KEY_IMAGE_KEY)})`}
      aria-label={t('review:keyImage')}
      data-testid="take-key-image"
      disabled={desk.pictureId === undefined}
      onClick={onClick}
    >
      <Icon path={TOOL_ICONS.keyImage} />
      <span>{t('review:keyImage')}</span>
    </button>
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
