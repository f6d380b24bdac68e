export { getStatus } from './getStatus';
export { removeDuplicates } from './removeDuplicates';
export { subscribe } from './subscribe';
export { unsubscribe } from './unsubscribe';
