export { block } from './block';
export { getProfile } from './getProfile';
export { moveToSpam } from './moveToSpam';
export { unblock } from './unblock';
