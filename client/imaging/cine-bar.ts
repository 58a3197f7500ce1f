import i18next from 'i18next';
import type { CinePlayer } from './cine-player.ts';

export interface CineBar {
  draw(): void;
  dispose(): void;
}

type CineAct = 'play' | 'pause' | 'slower' | 'faster' | 'loop';

const PLAY = 'M8 5v14l11-7z';
const PAUSE = 'M7 5h4v14H7zM13 5h4v14h-4z';
const LOOP = 'M17 2l4 4-4 4V7H7v4H5V5h12zM7 22l-4-4 4-4v3h10v-4h2v6H7z';

/** Play, speed and loop, at the foot of a picture that has frames; hidden where there are none. */
export function createCineBar(lightbox: HTMLElement, player: CinePlayer): CineBar {
  const bar = document.createElement('div');
  bar.className = 'cine-bar';
  bar.dataset['testid'] = 'cine-bar';
  bar.setAttribute('role', 'group');
  // A press on the bar is no press on the picture.
  for (const type of ['pointerdown', 'wheel', 'dblclick'])
    bar.addEventListener(type, (event) => event.stopPropagation());
  const button = (id: string, run: () => void): HTMLButtonElement => {
    const element = document.createElement('button');
    element.type = 'button';
    element.dataset['testid'] = `cine-${id}`;
    element.addEventListener('click', (event) => {
      run();
      // After a click the keys are the picture's again; who came by the keyboard stays.
      if (event.detail > 0) lightbox.focus({ preventScroll: true });
    });
    bar.append(element);
    return element;
  };
  const play = button('play', () => player.toggle());
  const slower = button('slower', () => player.slower());
  const rate = document.createElement('span');
  rate.className = 'cine-rate numbers';
  rate.dataset['testid'] = 'cine-rate';
  bar.append(rate);
  const faster = button('faster', () => player.faster());
  const loop = button('loop', () => player.setLoops(!player.loops));
  slower.textContent = '−';
  faster.textContent = '+';
  lightbox.append(bar);

  const face = (element: HTMLButtonElement, name: CineAct, key: string, path?: string): void => {
    const label = i18next.t(`imaging:cine.${name}`);
    element.setAttribute('aria-label', label);
    element.title = key === '' ? label : `${label} (${key})`;
    if (path === undefined || element.dataset['path'] === path) return;
    element.dataset['path'] = path;
    element.innerHTML = `<svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true"><path fill="currentColor" d="${path}"/></svg>`;
  };
  let drawn = '';
  return {
    draw() {
      const { available, playing, waiting, loops, framesPerSecond, source } = player;
      const look = JSON.stringify([i18next.language, available, playing, waiting, loops, framesPerSecond, source]);
      if (look === drawn) return;
      drawn = look;
      bar.hidden = !available;
      bar.setAttribute('aria-label', i18next.t('imaging:cine.bar'));
      bar.dataset['playing'] = String(playing);
      face(play, playing ? 'pause' : 'play', i18next.t('imaging:cine.space'), playing ? PAUSE : PLAY);
      face(slower, 'slower', '[');
      face(faster, 'faster', ']');
      face(loop, 'loop', '', LOOP);
      loop.setAttribute('aria-pressed', String(loops));
      const perSecond = framesPerSecond >= 10 ? Math.round(framesPerSecond) : Number(framesPerSecond.toFixed(1));
      rate.textContent = waiting ? i18next.t('imaging:cine.waiting') : i18next.t('imaging:cine.rate', { perSecond });
      rate.title = i18next.t(`imaging:cine.source.${source}`);
    },
    dispose: () => bar.remove(),
  };
}
