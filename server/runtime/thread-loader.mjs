// Lets the thread that imports it run TypeScript: on Node 20 its first module cannot be any, whatever is named in `execArgv`.
import { register } from 'tsx/esm/api';

register();
