// The entry `@nestml/workbench/check`: all that checking needs, so that the command loads no simulation.
export { type Dialect, dialectByName } from '@nestml/language';
export { checkFile, checkPaths } from './check-files.ts';
export type { CheckedFile } from './checked-file.ts';
export { isUsageCode } from './messages/usage.ts';
