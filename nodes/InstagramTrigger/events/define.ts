import type { IDataObject } from 'n8n-workflow';
import { isoFromWebhook } from '../../meta/time';
import { webhookField, type WebhookFieldName, type WebhookLogin } from '../../meta/webhooks/fields';
import { identityOf } from './shared/identity';
import type { Occurrence } from './shared/occurrence';
import { shapeReader, type Shape } from './shared/shape';
import { asId, asText, idOf, isObject } from './shared/values';

export type { Occurrence } from './shared/occurrence';

/** What every event carries, whatever its kind. Times are ISO 8601; IDs are strings. */
export type InstagramEvent = IDataObject & {
	event: string;
	/** The same in every repeat of a delivery, and in no other event of this name and account. */
	eventId: string;
	/** Instagram account that the event belongs to. */
	accountId: string;
	/** The person on the other side, by the ID that answers need. */
	conversationWith: string | null;
	/** That person's username. */
	username: string | null;
	timestamp: string | null;
	/** Sent by the account itself. */
	isEcho: boolean;
	/** Made up by the Test button of the App Dashboard. */
	isTest: boolean;
	/** Meta's object, untouched. */
	raw: IDataObject;
};

/** One kind of event: what the operator subscribes to, and how Meta's object becomes an item. */
export type EventReader = {
	/** `event` of the items; also the value of the Events field. */
	event: string;
	name: string;
	description: string;
	/** Field of the app's `instagram` object, and of an account's `subscribed_apps` with Instagram Login. */
	field: WebhookFieldName;
	/** Field of the Page's `subscribed_apps` that switches delivery on with Facebook Login. */
	pageField: string;
	/** The only login that offers the field; with the other one it must not be subscribed. */
	onlyWith?: WebhookLogin;
	/** Comes through whatever field is subscribed; `field` is named only so that one is. */
	anyField?: true;
	/** Not chosen under Events but by an option. */
	optional?: true;
	/** Comes with this event, too: a story reply is a message. */
	partOf?: string;
	/** The key of the item whose `text` the option Only Messages That Match looks at. */
	textIn?: string;
	/** Keys of the item beside those that all events have. */
	output: Shape;
	/** Whether this reader is in charge of the occurrence. */
	reads: (occurrence: Occurrence) => boolean;
	read: (occurrence: Occurrence) => InstagramEvent;
};

type Definition = Omit<EventReader, 'read' | 'pageField' | 'onlyWith'> & {
	/** Only where the event has a field of its own at the Page; otherwise it is that of `field`. */
	pageField?: string;
	/** What `output` is read from, if not the body. */
	from?: (occurrence: Occurrence) => IDataObject;
	/** What tells the event apart from all others, Meta's ID first; without it, its content and time do. */
	identity?: (body: IDataObject) => unknown[];
};

type Parties = Pick<InstagramEvent, 'conversationWith' | 'username' | 'isEcho'>;

/** A change knows one person: who wrote the comment. Meta marks the account's own with `self_ig_scoped_id`. */
function authorOf({ accountId, body }: Occurrence): Parties {
	const from = isObject(body.from) ? body.from : {};
	const ownScopedId = asId(from.self_ig_scoped_id);
	const isEcho = ownScopedId !== null || (asId(from.id) !== null && asId(from.id) === accountId);
	return { conversationWith: isEcho ? ownScopedId : asId(from.id), username: asText(from.username), isEcho };
}

/** Tests of the account with itself (`is_self`) are told as if a person had acted: they are made to be answered. */
function partiesOf({ accountId, body }: Occurrence): Parties {
	const sender = idOf(body.sender);
	const isFromAccount = sender !== null && sender === accountId;
	const isEcho = (isObject(body.message) && body.message.is_echo === true) || (isFromAccount && body.is_self !== true);
	return { conversationWith: isEcho || isFromAccount ? idOf(body.recipient) : sender, username: null, isEcho };
}

/** A reader whose items have the common keys, then those of `output`, then Meta's object. */
export function reader({ identity = () => [], from = ({ body }) => body, ...definition }: Definition): EventReader {
	const { pageField, onlyWith } = webhookField(definition.field);
	const readOutput = shapeReader(definition.output);
	return {
		pageField,
		onlyWith,
		...definition,
		read: (occurrence) => {
			const { accountId, place, body, time, isTest, raw } = occurrence;
			const { conversationWith, username, isEcho } = place === 'changes' ? authorOf(occurrence) : partiesOf(occurrence);
			const event: IDataObject = {
				event: definition.event,
				eventId: identityOf(occurrence, identity(body)),
				accountId,
				conversationWith,
				username,
				timestamp: isoFromWebhook(asText(body.timestamp) ?? asText(time)),
				isEcho,
				isTest,
			};
			readOutput(from(occurrence), event);
			event.raw = raw;
			return event as InstagramEvent;
		},
	};
}
