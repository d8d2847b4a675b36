export { generateDevices } from './generate-devices.ts';
