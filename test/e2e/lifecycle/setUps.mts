import { ACCOUNT, callbackOf, connectInstagram } from '../support.mts';
import { NONE } from './expected.mts';
import type { Life } from './life.mts';
import type { App } from './meta.mts';

const VERIFY_TOKEN = 'chosen by hand';

/** A trigger whose callback a person enters at Meta. */
export async function setUpByHand(life: Life, accountId: string): Promise<void> {
	const app = await life.meta.addApp('By hand');
	await life.stage.client.credentials.update(app.login.credential.id, { webhookVerifyToken: VERIFY_TOKEN });
	const id = await life.trigger(app.login, 'by-hand', { setup: 'manual', accounts: [accountId] });
	const accounts = { [ACCOUNT]: 'messages' };
	await life.row('activate, set up by hand', app, async () => await life.activate(id), {
		writes: [`POST ${ACCOUNT}`],
		callback: NONE,
		accounts,
	});
	await life.meta.enterByHand(app, callbackOf(life.stage, 'by-hand'), VERIFY_TOKEN);
	await life.row('deactivate, set up by hand', app, async () => await life.deactivate(id), {
		writes: [],
		callback: '/webhook/by-hand messages',
		accounts,
	});
}

/** A trigger of Instagram Login, whose callback a person enters, too. */
export async function setUpInstagram(life: Life, main: App): Promise<void> {
	const login = await connectInstagram(life.stage, { webhookVerifyToken: VERIFY_TOKEN });
	const id = await life.trigger(login, 'instagram', { setup: 'manual' });
	const app = { id: main.id, isInstagramLogin: true };
	const accounts = { [ACCOUNT]: 'messages' };
	await life.row('activate, Instagram Login', app, async () => await life.activate(id), {
		writes: [`POST ${ACCOUNT}`],
		callback: NONE,
		accounts,
	});
	await life.meta.enterByHand(main, callbackOf(life.stage, 'instagram'), VERIFY_TOKEN, { login: 'instagram' });
	await life.write('through Instagram Login');
	await life.hears(id, 'through Instagram Login');
	await life.row('deactivate, Instagram Login', app, async () => await life.deactivate(id), {
		writes: [],
		callback: '/webhook/instagram messages',
		accounts,
	});
	await life.stage.control.call('DELETE', `/apps/${main.id}/dashboardWebhook?login=instagram`);
}
