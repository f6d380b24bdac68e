export { audio } from './audio';
export { embed } from './embed';
export { locations } from './locations';
