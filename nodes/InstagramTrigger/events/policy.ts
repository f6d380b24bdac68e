import { reader } from './define';
import { isMessaging } from './shared/occurrence';
import { ownObject, text } from './shared/shape';

/** Meta's documents spell the key both ways. */
const KEYS = ['policy_enforcement', 'policy-enforcement'];

/** @see https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messaging_policy_enforcement */
export const policy = reader({
	event: 'policy',
	name: 'Policy Enforcement',
	description: 'Meta warned or blocked the account for what it sends, or lifted the block',
	field: 'messaging_policy_enforcement',
	output: {
		policy: ownObject((body) => body[KEYS[0]] ?? body[KEYS[1]], 'What Meta did', {
			action: text('action', '`warning`, `block` or `unblock`'),
			reason: text('reason', 'Why'),
		}),
	},
	reads: isMessaging(...KEYS),
});
