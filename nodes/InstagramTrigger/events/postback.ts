import type { IDataObject } from 'n8n-workflow';
import { messagingEvent, reader } from './define';

/** @see https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook */
export const postback = reader({
	event: 'postback',
	name: 'Button Tapped',
	description: 'Somebody tapped an ice breaker, a menu entry or a button of a template',
	field: 'messaging_postbacks',
	pageField: 'messaging_postbacks',
	reads: ({ kind }) => kind === 'postback',
	read: (occurrence) => {
		const { mid, title, payload, referral } = occurrence.raw.postback as IDataObject;
		return messagingEvent('postback', occurrence, mid, {
			postback: { title: title ?? '', payload: payload ?? '', referral: referral ?? null },
		});
	},
});
