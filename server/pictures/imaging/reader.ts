import type { PictureReader } from '../reader.ts';
import { imagingTasks } from './tasks.ts';

export const imaging: PictureReader = { tasks: imagingTasks };
