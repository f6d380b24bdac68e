import { CAPABILITY_NAMES, OPT_IN_CAPABILITIES, SCOPES_BY_CAPABILITY } from '../../../nodes/meta/constants.ts';
import { inWordsOf } from '../../../nodes/meta/errors/advice.ts';

const advice = 'No. {permission}';

describe('what to do about a permission that is missing', () => {
	it('names the capability to switch on, or its permissions where there is nothing to switch', () => {
		expect(inWordsOf('popUp', advice, 'likes')).toBe(
			'No. Switch the capability "Likes" on in the credential (it adds instagram_manage_engagement), connect again, and check that the app has access to what it adds.',
		);
		expect(inWordsOf('configuration', advice, 'products')).toBe(
			'No. Add instagram_shopping_tag_products and catalog_management to the login configuration of the Meta app, then connect again.',
		);
		expect(inWordsOf('paste', advice, 'deletion')).toBe(
			'No. Make a token with instagram_manage_contents and paste it into the credential.',
		);
	});

	it('stays general where nobody knows what the call needs', () => {
		expect(inWordsOf('popUp', advice)).toBe(
			'No. Connect again with the capability switched on, and check that the app has access to the permission.',
		);
		expect(inWordsOf('paste', '{reconnect}', 'likes')).toBe('Make a new token and paste it into the credential.');
	});

	it('has a name and permissions for every capability, also for those that are off from the start', () => {
		expect(Object.keys(CAPABILITY_NAMES).sort()).toEqual(Object.keys(SCOPES_BY_CAPABILITY).sort());
		expect(OPT_IN_CAPABILITIES.every((capability) => SCOPES_BY_CAPABILITY[capability].length > 0)).toBe(true);
	});
});
