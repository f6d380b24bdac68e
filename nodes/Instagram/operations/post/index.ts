export { publishImage } from './publishImage';
