import { APP, BAKERY, start } from '../../sandbox/support.mts';
import { triggerHooks } from '../../support/contexts.mts';
import { guardNetwork } from '../../support/graph.mts';
import { settledLogin } from '../../support/logins.mts';
import { logLines } from '../../support/logLines.mts';
import { connectAt } from '../../support/sandboxLogins.mts';
import { bodies, names, subscriptionServer } from '../../support/subscriptionServer.mts';

const NAME = 'instagramFacebookLoginOAuth2Api';
const manual = {
	authentication: NAME,
	setup: 'manual',
	accounts: [],
	events: ['message', 'comment', 'messageEdit'],
	options: {},
};

describe('a trigger, when Meta does not know a field of an account', () => {
	describe('of its events', () => {
		guardNetwork();

		it('subscribes the others, and the log names the events that will not arrive', async () => {
			const calls = subscriptionServer({ unknown: ['message_edits'] });
			const log = logLines();
			expect(await triggerHooks(manual, settledLogin()).create()).toBe(true);
			expect(bodies(calls).map(({ subscribed_fields }) => names(subscribed_fields))).toEqual([
				['feed', 'message_edits', 'messages'],
				['feed', 'messages'],
			]);
			expect(log).toEqual([
				'instagramTrigger: @sandbox_bakery is subscribed without message_edits, because Meta does not know it. These events will not arrive: Message Edited.',
			]);
		});

		it('cannot be activated when nothing of what it needs is left', async () => {
			subscriptionServer({ unknown: ['message_edits'] });
			await expect(triggerHooks({ ...manual, events: ['messageEdit'] }, settledLogin()).create()).rejects.toThrow(
				/^Meta refused the webhook fields of @sandbox_bakery\. .*asked for: message_edits/,
			);
		});
	});

	it('that somebody else left behind, adds its own all the same', async () => {
		const sandbox = await start();
		try {
			const subscribed = sandbox.sandbox.world.pages.get(BAKERY.page)?.subscribedApps;
			subscribed?.set(APP.id, ['messages', 'retired_field']);
			const log = logLines();
			const credentials = await connectAt(sandbox);
			await triggerHooks({ ...manual, accounts: [BAKERY.account] }, credentials).create();
			expect(subscribed?.get(APP.id)?.sort()).toEqual(['feed', 'message_edits', 'messages']);
			expect(log).toEqual([expect.stringMatching(/without retired_field, because Meta does not know it\.$/)]);
		} finally {
			await sandbox.close();
		}
	});
});
