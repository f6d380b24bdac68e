export { get } from './get';
export { reply } from './reply';
