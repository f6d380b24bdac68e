import { MESSAGE_LIMITS } from '../../../meta/messages/limits';
import { checkLength } from '../../../meta/input/check';
import { operation } from '../define';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/ig-me-links */
export const createLink = operation({
	value: 'createLink',
	name: 'Create Link',
	action: 'Create a link to the conversation',
	description: 'Make an ig.me link that opens a conversation with the account in the Instagram app. Asks Meta nothing.',
	neverWaits: true,
	fields: [
		{
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
			placeholder: 'e.g. summer-flyer',
			description:
				'Word that the trigger receives when somebody comes through this link: letters, digits, - _ and =, at most 2,083. For new conversations Meta passes it on only if ice breakers are set.',
		},
	],
	run: async ({ account, fail, param }) => {
		const { username } = account();
		const reference = param('reference', '').trim();
		if (!username)
			throw fail(
				'The username of the account is not known',
				'Connect the credential again, or choose the account from the list.',
			);
		if (!/^[\w=-]*$/.test(reference)) {
			throw fail(
				`The reference "${reference.slice(0, 60)}" has signs that Instagram does not take`,
				'Use letters without accents, digits, hyphen, underscore and equals sign.',
			);
		}
		checkLength(fail, 'reference', reference, MESSAGE_LIMITS.linkReference);
		const url = `https://ig.me/m/${encodeURIComponent(username)}${reference ? `?ref=${encodeURIComponent(reference)}` : ''}`;
		return { url, username, reference: reference || null };
	},
});
