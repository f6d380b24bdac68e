export { getMany } from './getMany';
export { getMessages } from './getMessages';
