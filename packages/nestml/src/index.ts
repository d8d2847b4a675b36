export * from '@nestml/workbench';
export { createNodeHost } from './host/node-host.ts';
export { version } from './version.ts';
