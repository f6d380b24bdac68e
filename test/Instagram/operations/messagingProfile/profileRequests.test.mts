import type { IDataObject } from 'n8n-workflow';
import { graphError, guardNetwork, line, listenAt, type Received } from '../../../support/graph.mts';
import { BAKERY, GRAPH, settledLogin, tokens } from '../../../support/logins.mts';
import { jsons, operationOf, run } from '../../../support/parameters.mts';
import { placeOfProof, proofIn, provenBody } from '../../../support/proofs.mts';
import { runNode } from '../../../support/runNode.mts';

guardNetwork();

const PROFILE = `/${BAKERY.pageId}/messenger_profile`;
const FLOWS = `/${BAKERY.pageId}/welcome_message_flows`;
/** What a call says beside its proof, which must be right and in its place. */
const sent = (call: Received) => {
	expect(proofIn(call)).toBe(placeOfProof(call));
	const { appsecret_proof: _proof, ...query } = call.query;
	return [line(call), query, call.body ? provenBody(call).content : undefined];
};
const platform = 'instagram';
const breakers = [{ locale: 'default', call_to_actions: [{ question: 'Open?', payload: 'OPEN' }] }];

describe('what leaves n8n, signed with the Page token', () => {
	it.each<[string, string, IDataObject, unknown[]]>(
		// prettier-ignore
		[
			['messagingProfile', 'getIceBreakers', {}, [`GET ${PROFILE}`, { platform, fields: 'ice_breakers' }, undefined]],
			['messagingProfile', 'getMenu', {}, [`GET ${PROFILE}`, { platform, fields: 'persistent_menu' }, undefined]],
			['messagingProfile', 'setIceBreakers', { specifyIceBreakers: 'json', iceBreakersJson: '={{ [{ locale: "default", call_to_actions: [{ question: "Open?", payload: "OPEN" }] }] }}' }, [`POST ${PROFILE}`, {}, { platform, ice_breakers: breakers }]],
			['messagingProfile', 'setMenu', { menuItems: { item: [{ type: 'web_url', title: 'Shop', url: 'https://a.example', payload: 'left over', locale: '' }] } }, [`POST ${PROFILE}`, {}, { platform, persistent_menu: [{ locale: 'default', call_to_actions: [{ type: 'web_url', title: 'Shop', url: 'https://a.example' }] }] }]],
			['messagingProfile', 'deleteIceBreakers', {}, [`DELETE ${PROFILE}`, { platform, fields: '["ice_breakers"]' }, undefined]],
			['messagingProfile', 'deleteMenu', {}, [`DELETE ${PROFILE}`, { platform, fields: '["persistent_menu"]' }, undefined]],
			['messagingProfile', 'getWelcomeFlows', { options: { flowId: '={{ 12 }}' } }, [`GET ${FLOWS}`, { flow_id: '12', limit: '50' }, undefined]],
			['messagingProfile', 'deleteWelcomeFlow', { flowId: ' 12 ' }, [`DELETE ${FLOWS}`, { flow_id: '12' }, undefined]],
			['person', 'getProfile', { personId: '777' }, ['GET /777', { fields: 'name,username,profile_pic,follower_count,is_user_follow_business,is_business_follow_user,is_verified_user' }, undefined]],
			['person', 'block', { personId: '={{ 777 }}' }, [`POST /${BAKERY.pageId}/moderate_conversations`, {}, { user_ids: [{ id: '777' }], actions: ['block_user'] }]],
			['person', 'unblock', { personId: '777' }, [`POST /${BAKERY.pageId}/moderate_conversations`, {}, { user_ids: [{ id: '777' }], actions: ['unblock_user'] }]],
			['person', 'moveToSpam', { personId: '777' }, [`POST /${BAKERY.pageId}/moderate_conversations`, {}, { user_ids: [{ id: '777' }], actions: ['move_to_spam'] }]],
			['conversation', 'find', { personId: '777' }, [`GET /${BAKERY.pageId}/conversations`, { platform, user_id: '777', fields: 'id,updated_time,participants' }, undefined]],
			['conversation', 'getOwner', { personId: '777' }, [`GET /${BAKERY.pageId}/thread_owner`, { recipient: '777' }, undefined]],
			['conversation', 'passControl', { personId: '777', target: 'pageInbox', options: { metadata: 'Refund' } }, [`POST /${BAKERY.pageId}/pass_thread_control`, {}, { recipient: { id: '777' }, target_app_id: '263902037430900', metadata: 'Refund' }]],
			['conversation', 'passControl', { personId: '777', target: 'default' }, [`POST /${BAKERY.pageId}/pass_thread_control`, {}, { recipient: { id: '777' } }]],
			['conversation', 'takeControl', { personId: '777' }, [`POST /${BAKERY.pageId}/take_thread_control`, {}, { recipient: { id: '777' } }]],
			['conversation', 'releaseControl', { personId: '777', options: { metadata: ' ' } }, [`POST /${BAKERY.pageId}/release_thread_control`, {}, { recipient: { id: '777' } }]],
			['conversation', 'requestControl', { personId: '777', options: { metadata: 'Mine' } }, [`POST /${BAKERY.pageId}/request_thread_control`, {}, { recipient: { id: '777' }, metadata: 'Mine' }]],
			['conversation', 'extendControl', { personId: '777', hours: '={{ "1.5" }}' }, [`POST /${BAKERY.pageId}/extend_thread_control`, {}, { recipient: { id: '777' }, duration: 5400 }]],
		],
	)('%s: %s %j', async (resource, operation, parameters, expected) => {
		const calls = listenAt(GRAPH, () => ({ body: { success: true, data: [] } }));
		const { error } = await run(resource, operation, parameters);
		expect(error).toBeUndefined();
		expect(calls.map(sent)).toEqual([expected]);
		expect(calls[0].authorization).toBe(`Bearer ${tokens.bakery}`);
	});
});

describe('welcome message flows', () => {
	const set = async (more: IDataObject) => await run('messagingProfile', 'setWelcomeFlow', more);
	const replies = { reply: [{ contentType: 'text', title: 'Prices', payload: 'PRICES' }] };
	const flow = [
		{ message: { text: 'Grüße', quick_replies: [{ content_type: 'text', title: 'Prices', payload: 'PRICES' }] } },
	];

	it('are created, and changed as far as fields are filled in', async () => {
		const calls = listenAt(GRAPH, (_request, count) => ({ body: count === 1 ? { flow_id: '12' } : { success: true } }));
		expect(jsons((await set({ flowName: ' Sale ', welcomeText: 'Grüße', quickReplies: replies })).items)).toEqual([
			{ flowId: '12', created: true },
		]);
		expect(jsons((await set({ flowId: '12', flowName: 'Winter sale' })).items)).toEqual([
			{ flowId: '12', created: false },
		]);
		await set({ flowId: '12', welcomeText: 'Hello' });
		expect(calls.map(sent)).toEqual([
			[`POST ${FLOWS}`, {}, { eligible_platforms: ['instagram'], name: 'Sale', welcome_message_flow: flow }],
			[`POST ${FLOWS}`, {}, { flow_id: '12', name: 'Winter sale' }],
			[`POST ${FLOWS}`, {}, { flow_id: '12', welcome_message_flow: [{ message: { text: 'Hello' } }] }],
		]);
	});

	it.each<[IDataObject, string]>([
		[{ welcomeText: 'Hello' }, '"Name" is empty'],
		[{ flowName: 'Sale' }, 'The text is empty'],
	])('need a name and a text when they are new: %j', async (more, message) => {
		const calls = listenAt(GRAPH, () => ({ body: {} }));
		expect([(await set(more)).error?.message, calls.length]).toEqual([message, 0]);
	});

	it('are not created twice when the answer gets lost; a change is made again', async () => {
		const calls = listenAt(GRAPH, (_request, count) => (count < 3 ? 'reset' : { body: { success: true } }));
		expect((await set({ flowName: 'Sale', welcomeText: 'Hi' })).error?.description).toContain(
			'may or may not have been created',
		);
		expect(calls).toHaveLength(1);
		expect((await set({ flowId: '12', flowName: 'Sale' })).error).toBeUndefined();
		expect(calls).toHaveLength(3);
	});

	it('are listed over all pages, with their messages read', async () => {
		const stored = {
			id: '12',
			name: 'Sale',
			eligible_platforms: ['INSTAGRAM'],
			welcome_message_flow: JSON.stringify(flow),
			last_update_time: '2026-11-21T10:15:30+0000',
			is_used_in_ad: true,
		};
		listenAt(GRAPH, ({ query }) => ({
			body: query.after
				? { data: [{ id: '13', welcome_message: 'no JSON' }] }
				: { data: [stored], paging: { cursors: { after: 'A' }, next: 'https://evil.example' } },
		}));
		const { items } = await run('messagingProfile', 'getWelcomeFlows', { returnAll: true });
		expect(jsons(items)).toEqual([
			{
				id: '12',
				name: 'Sale',
				messages: flow,
				platforms: ['instagram'],
				isUsedInAd: true,
				updatedAt: '2026-11-21T10:15:30.000Z',
			},
			{ id: '13', name: null, messages: 'no JSON', platforms: [], isUsedInAd: null, updatedAt: null },
		]);
		const raw = await run('messagingProfile', 'getWelcomeFlows', { returnAll: false, limit: 1, simplify: false });
		expect(jsons(raw.items)).toEqual([stored]);
	});
});

describe('the ig.me link', () => {
	const link = async (reference: string, more: object = {}) => {
		const calls = listenAt(GRAPH, () => ({}));
		const credentials = settledLogin([{ ...BAKERY, ...more }]);
		const { items, error } = await runNode({
			parameters: operationOf('messagingProfile', 'createLink', { reference }),
			credentials,
		});
		expect(calls).toEqual([]);
		return error?.message ?? jsons(items)[0];
	};

	it('is made without a call', async () => {
		expect(await link('')).toEqual({
			url: 'https://ig.me/m/sandbox_bakery',
			username: 'sandbox_bakery',
			reference: null,
		});
		expect(await link(' flyer-1_a=b ')).toEqual({
			url: 'https://ig.me/m/sandbox_bakery?ref=flyer-1_a%3Db',
			username: 'sandbox_bakery',
			reference: 'flyer-1_a=b',
		});
	});

	it('refuses references that would get lost, and accounts without a name', async () => {
		expect(await link('für alle')).toBe('The reference "für alle" has signs that Instagram does not take');
		expect(await link('a'.repeat(2083))).toMatchObject({ reference: 'a'.repeat(2083) });
		expect(await link('a'.repeat(2084))).toBe('The reference has 2084 characters; Instagram takes at most 2083');
		expect(await link('', { username: '' })).toBe('The username of the account is not known');
	});
});

describe('a refusal that needs words of its own', () => {
	it('of the profile names the consent; others keep theirs', async () => {
		listenAt(GRAPH, (_request, count) => ({
			status: 400,
			body: graphError(count === 1 ? 230 : 190, count === 1 ? undefined : 463),
		}));
		expect((await run('person', 'getProfile', { personId: '777' })).error?.message).toBe(
			'This person has not agreed to share their profile',
		);
		expect((await run('person', 'getProfile', { personId: '777' })).error?.message).toBe('The login has expired');
	});

	it('of moderation may come as a plain false', async () => {
		listenAt(GRAPH, () => ({ body: { success: 'false' } }));
		expect((await run('person', 'block', { personId: '777' })).error?.message).toBe(
			'Meta could not do this to the conversation',
		);
	});

	it('tells a foreign owner whose name Meta keeps from no owner', async () => {
		listenAt(GRAPH, (_request, count) => ({
			body: {
				data: [
					[{ thread_owner: { expiration: 1795000000 } }],
					[],
					[{ thread_owner: { app_id: 123456, expiration: '1795000000' } }],
				][count - 1],
			},
		}));
		const owner = async () => jsons((await run('conversation', 'getOwner', { personId: '777' })).items)[0];
		expect(await owner()).toMatchObject({
			isControlled: true,
			isThisApp: false,
			appId: null,
			expiresAt: '2026-11-18T11:06:40.000Z',
		});
		expect(await owner()).toMatchObject({ isControlled: false, isThisApp: false, expiresAt: null });
		expect(await owner()).toMatchObject({ isControlled: true, isThisApp: true, appId: '123456' });
	});
});
