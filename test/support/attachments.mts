import { BAKERY } from './events.mts';

let count = 0;

/** A new message of a person with these attachments. */
export function messageWith(
	attachments: Array<{ type: string; url?: string }>,
	person = '5551234567890123',
	more: object = {},
) {
	return {
		sender: { id: person },
		recipient: { id: BAKERY },
		timestamp: 1763719530123,
		message: {
			mid: `aWdfZextra${++count}`,
			attachments: attachments.map(({ type, url }) => ({ type, ...(url ? { payload: { url } } : {}) })),
			...more,
		},
	};
}

/** A delivery as Meta sends it. */
export function deliveryOf(...messaging: object[]): Buffer {
	return Buffer.from(JSON.stringify({ object: 'instagram', entry: [{ id: BAKERY, time: 1763719531000, messaging }] }));
}

/** A new comment of a person. */
export function commentOf(person: string): Buffer {
	const value = {
		id: `1790000000001${++count}`,
		from: { id: person, username: 'somebody' },
		text: 'Nice',
		media: { id: '17900000000000099', media_product_type: 'FEED' },
	};
	return Buffer.from(
		JSON.stringify({
			object: 'instagram',
			entry: [{ id: BAKERY, time: 1763719531, changes: [{ field: 'comments', value }] }],
		}),
	);
}
