import { Icon } from './icon.tsx';

export const BellIcon = () => (
  <Icon>
    <path d="M6 9a6 6 0 0 1 12 0c0 6 2 7 2 7H4s2-1 2-7M10 20a2 2 0 0 0 4 0" />
  </Icon>
);

/** A loudspeaker: the sounds, not the notices. */
export const SoundIcon = () => (
  <Icon>
    <path d="M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.500 6.500a8 8 0 0 1 0 11" />
  </Icon>
);

export const MutedIcon = () => (
  <Icon>
    <path d="M4 9v6h4l5 4V5L8 9zM16 9.500l5 5M21 9.500l-5 5" />
  </Icon>
);

export const PersonIcon = () => (
  <Icon>
    <circle cx="12" cy="8" r="4" />
    <path d="M4 21c1-4.500 4-6.500 8-6.500s7 2 8 6.500" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);

export const VideoIcon = () => (
  <Icon>
    <rect x="2" y="6" width="13" height="12" rx="2" />
    <path d="m15 11 7-4v10l-7-4z" />
  </Icon>
);

export const ImagesIcon = () => (
  <Icon>
    <rect x="3" y="3" width="18" height="18" rx="2" />
    <circle cx="12" cy="12" r="5" />
    <path d="M12 7v10" />
  </Icon>
);

export const WarningIcon = () => (
  <Icon>
    <path d="M12 3 2 20h20zM12 10v4M12 17v.5" />
  </Icon>
);
