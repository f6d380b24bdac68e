import { comment } from './comment';
import type { EventReader } from './define';
import { echo } from './echo';
import { message } from './message';
import { messageDeleted } from './messageDeleted';
import { postback } from './postback';

/** Every kind of event that the trigger knows. */
export const readers: EventReader[] = [message, messageDeleted, echo, postback, comment];

/** What the Events field offers. */
export const choosable = readers.filter(({ optional }) => !optional);
