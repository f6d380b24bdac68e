import { graphTime } from '../../world/clock.mts';
import { numericId } from '../../world/ids.mts';
import type { Account, Page, WelcomeFlow } from '../../world/types.mts';
import { accountOfPage } from '../../world/world.mts';
import type { Call, Method } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam } from '../engine/errors.mts';
import { checkFlow } from '../messaging/flowRules.mts';
import { edgePage } from '../engine/paging.mts';
import type { ParamTable } from '../engine/params.mts';
import { readEnum } from '../engine/params.mts';
import type { NodeType } from '../engine/select.mts';

/** A welcome message flow under the names of guide (`welcome_message`) and reference. */
const flowNode: NodeType<WelcomeFlow> = {
	name: 'CTXPartnerAppWelcomeMessageFlow',
	defaults: ['id', 'name', 'welcome_message_flow', 'eligible_platforms', 'last_update_time', 'is_used_in_ad'],
	fields: {
		id: (flow) => flow.id,
		name: (flow) => flow.name,
		welcome_message: (flow) => JSON.stringify(flow.messages),
		welcome_message_flow: (flow) => JSON.stringify(flow.messages),
		eligible_platforms: (flow) => flow.platforms,
		compatible_platforms: (flow) => flow.platforms,
		last_update_time: (flow) => graphTime(flow.updatedAt),
		is_used_in_ad: (flow) => flow.isUsedInAd,
		is_ig_only_flow: () => true,
	},
};

const findFlow = (call: Call, account: Account): WelcomeFlow => {
	const id = call.params.flow_id as string | undefined;
	if (id === undefined) throw invalidParam('The parameter flow_id is required');
	const flow = account.welcomeFlows.find((one) => one.id === id);
	if (!flow) throw invalidParam('There is no welcome message flow with this flow_id');
	return flow;
};

const unusedFlow = (call: Call, account: Account): WelcomeFlow => {
	const flow = findFlow(call, account);
	if (flow.isUsedInAd) throw invalidParam('The flow is used in an ad and can neither be changed nor deleted');
	return flow;
};

const readPlatforms = (call: Call): string[] | undefined => {
	const platforms = (call.params.eligible_platforms as unknown[] | undefined)?.map(
		(one) => readEnum('eligible_platforms', one, ['instagram', 'messenger']) ?? '',
	);
	if (platforms && !platforms.includes('instagram')) throw invalidParam('Param eligible_platforms must name instagram');
	return platforms;
};

const save = (call: Call, account: Account): unknown => {
	const { name, welcome_message_flow: messages, flow_id: id } = call.params;
	const platforms = readPlatforms(call);
	if (messages !== undefined) checkFlow(messages as unknown[]);
	const given = {
		...(name !== undefined && { name: String(name) }),
		...(messages !== undefined && { messages: messages as unknown[] }),
		...(platforms && { platforms }),
		updatedAt: call.world.clock.now(),
	};
	if (id !== undefined) {
		Object.assign(unusedFlow(call, account), given);
		return { success: true };
	}
	for (const key of ['name', 'welcome_message_flow', 'eligible_platforms'])
		if (call.params[key] === undefined) throw invalidParam(`The parameter ${key} is required`);
	const flow: WelcomeFlow = {
		id: numericId('66', 16),
		name: '',
		messages: [],
		platforms: [],
		isUsedInAd: false,
		...given,
	};
	account.welcomeFlows.push(flow);
	return { flow_id: flow.id };
};

const list = (call: Call, account: Account): unknown => {
	const id = call.params.flow_id;
	const items = account.welcomeFlows.filter((flow) => id === undefined || flow.id === id);
	return edgePage(call, { items, keyOf: (flow) => flow.id, type: flowNode });
};

const remove = (call: Call, account: Account): unknown => {
	const gone = unusedFlow(call, account);
	account.welcomeFlows = account.welcomeFlows.filter((flow) => flow !== gone);
	return { success: true };
};

const OPERATIONS: Array<{
	method: Method;
	params: ParamTable;
	run(call: Call, account: Account): unknown;
}> = [
	{ method: 'GET', params: { app_id: 'string', flow_id: 'string' }, run: list },
	{
		method: 'POST',
		params: {
			eligible_platforms: 'list',
			flow_id: 'string',
			name: 'string',
			welcome_message_flow: 'list',
		},
		run: save,
	},
	{ method: 'DELETE', params: { flow_id: 'string' }, run: remove },
];

const linkedTo = (call: Call, page: Page): Account => {
	const account = accountOfPage(call.world, page);
	if (!account) throw invalidParam('No Instagram account is linked to this Page', 2534013);
	return account;
};

const SHARED = {
	edge: 'welcome_message_flows',
	scopes: ['instagram_basic', 'instagram_manage_messages'],
};

/**
 * Welcome message flows: of a Page, or of an account that logged in itself.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/ads/ads-welcome-message-flows
 */
export const welcomeFlowEndpoints: Endpoint[] = OPERATIONS.flatMap(({ method, params, run }) => [
	endpoint({
		...SHARED,
		on: 'page',
		method,
		params,
		token: 'page',
		run: (call, page) => run(call, linkedTo(call, page)),
	}),
	// With Facebook Login the account itself only lists them (edge reference, v25.0).
	endpoint({
		...SHARED,
		on: 'account',
		method,
		params,
		token: 'any',
		...(method !== 'GET' && { login: 'instagram' }),
		run,
	}),
]);
