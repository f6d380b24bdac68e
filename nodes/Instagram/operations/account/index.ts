export { checkConnection } from './checkConnection';
export { getMany } from './getMany';
