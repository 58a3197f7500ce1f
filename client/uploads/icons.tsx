import { Icon } from '../ui/icon.tsx';

export const FolderIcon = () => (
  <Icon>
    <path d="M3 6a1 1 0 0 1 1-1h5l2 2.500h9a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z" />
  </Icon>
);

export const FilesIcon = () => (
  <Icon>
    <path d="M8 3h7l4 4v11H8zM15 3v4h4M5 7v14h10" />
  </Icon>
);

export const DoneIcon = () => (
  <Icon>
    <path d="m5 12.500 4.500 4.500L19 7.500" />
  </Icon>
);

export const CameraIcon = () => (
  <Icon>
    <path d="M4 8h3.500L9 5.500h6L16.500 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 10a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7z" />
  </Icon>
);
