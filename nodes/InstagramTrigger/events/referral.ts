import { reader } from './define';
import { isMessaging } from './shared/occurrence';
import { referralShape } from './shared/referral';
import { ownObject } from './shared/shape';

/** @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples */
export const referral = reader({
	event: 'referral',
	name: 'Link Opened',
	description: 'Somebody opened an existing conversation through an ig.me link or an ad',
	field: 'messaging_referral',
	output: { referral: ownObject('referral', 'Where the person came from', referralShape) },
	reads: isMessaging('referral'),
});
