export { accept } from './accept';
export { decline } from './decline';
export { getInvites } from './getInvites';
export { getPosts } from './getPosts';
