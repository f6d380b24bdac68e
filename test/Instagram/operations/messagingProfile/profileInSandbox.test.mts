import { openInbox, type Inbox } from '../../../support/stages/inbox.mts';

let inbox: Inbox;
beforeEach(async () => {
	inbox = await openInbox();
});
afterEach(async () => await inbox.close());

const item = (title: string, locale = 'default') => ({ type: 'postback', title, payload: title.toUpperCase(), locale });
const question = (text: string, locale = 'default') => ({ question: text, payload: '', locale });

describe('ice breakers', () => {
	it('are set by form in two languages, read and deleted, with either login', async () => {
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const iceBreakers = { iceBreaker: [question('Open?'), question('Offen?', 'de_DE'), question('Where?')] };
			const set = await run('messagingProfile', 'setIceBreakers', { iceBreakers });
			expect(set.json).toEqual({ success: true, locales: ['default', 'de_DE'] });
			const get = await run('messagingProfile', 'getIceBreakers');
			expect(get.all).toEqual([
				{
					locale: 'default',
					questions: [
						{ question: 'Open?', payload: 'Open?' },
						{ question: 'Where?', payload: 'Where?' },
					],
				},
				{ locale: 'de_DE', questions: [{ question: 'Offen?', payload: 'Offen?' }] },
			]);
			const gone = await run('messagingProfile', 'deleteIceBreakers');
			expect(gone.json).toEqual({ deleted: true, locales: [] });
			expect((await run('messagingProfile', 'getIceBreakers')).all).toEqual([]);
		}
	});

	it('are set by JSON; other languages stay on request', async () => {
		const json = (locale: string, text: string) =>
			JSON.stringify([{ locale, call_to_actions: [{ question: text, payload: 'P' }] }]);
		const set = async (iceBreakersJson: string, keepOthers = false) =>
			await inbox.run('messagingProfile', 'setIceBreakers', {
				specifyIceBreakers: 'json',
				iceBreakersJson,
				keepOthers,
			});
		const locales = async () => (await inbox.run('messagingProfile', 'getIceBreakers')).all.map(({ locale }) => locale);
		await set(json('default', 'Open?'));
		expect((await set(json('fr_FR', 'Ouvert ?'), true)).json).toEqual({ success: true, locales: ['default', 'fr_FR'] });
		expect(await locales()).toEqual(['default', 'fr_FR']);
		expect((await set(json('fr_FR', 'Ouvert ?'))).error?.message).toBe(
			'There are no ice breakers for the language "default"',
		);
		expect(await locales()).toEqual(['default', 'fr_FR']);
	});
});

describe('the menu', () => {
	const set = async (...rows: object[]) =>
		await inbox.run('messagingProfile', 'setMenu', { menuItems: { item: rows } });
	const drop = async (locale: string) => await inbox.run('messagingProfile', 'deleteMenu', { locale });

	it('is set, read raw and simple, with either login', async () => {
		for (const run of [inbox.run, inbox.runAsInstagram]) {
			const menuItems = {
				item: [item('Hours'), { type: 'web_url', title: 'Shop', url: 'https://bakery.example', locale: 'default' }],
			};
			expect((await run('messagingProfile', 'setMenu', { menuItems })).json).toEqual({
				success: true,
				locales: ['default'],
			});
			const items = [
				{ type: 'postback', title: 'Hours', payload: 'HOURS' },
				{ type: 'web_url', title: 'Shop', url: 'https://bakery.example' },
			];
			expect((await run('messagingProfile', 'getMenu')).all).toEqual([{ locale: 'default', items }]);
			const raw = await run('messagingProfile', 'getMenu', { simplify: false });
			expect(raw.json).toEqual({ data: [{ persistent_menu: [{ locale: 'default', call_to_actions: items }] }] });
		}
	});

	it('loses one language at a time, but not the default one before the others', async () => {
		await set(item('Hours'), item('Zeiten', 'de_DE'));
		expect((await drop('default')).error?.message).toBe(
			'The language "default" cannot be deleted while others are set',
		);
		const unknown = await drop('fr_FR');
		expect([unknown.error?.message, unknown.error?.description]).toEqual([
			'There are no menu items for the language "fr_FR"',
			'Languages that have some: default, de_DE.',
		]);
		expect((await drop('de_DE')).json).toEqual({ deleted: true, locales: ['default'] });
		expect((await inbox.run('messagingProfile', 'getMenu')).all.map(({ locale }) => locale)).toEqual(['default']);
		expect((await drop('default')).json).toEqual({ deleted: true, locales: [] });
		expect((await inbox.run('messagingProfile', 'getMenu')).all).toEqual([]);
	});

	it('takes twenty items and not one more, before anything changes', async () => {
		const many = (count: number) => Array.from({ length: count }, (_, index) => item(`Item ${index}`));
		expect((await set(...many(20))).error).toBeUndefined();
		const before = (await inbox.calls()).length;
		expect((await set(...many(21))).error?.message).toBe(
			'There are 21 menu items for the language "default"; Instagram takes at most 20',
		);
		expect((await inbox.calls()).length).toBe(before);
	});
});
