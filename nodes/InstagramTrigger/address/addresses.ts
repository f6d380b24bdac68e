import { NodeHelpers, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';

/** Path of the trigger below its own ID, as its webhook descriptions name it. */
export const WEBHOOK_PATH = 'webhook';

/** The addresses of one trigger node: n8n has one for the active workflow, and one while the editor listens. */
export type Addresses = {
	/** The one that this call is about. */
	url: string;
	isTest: boolean;
	/** How both addresses end. */
	path: string;
	/** The other one, while the editor listens; absent when n8n's endpoints have names of their own. */
	production?: string;
};

/** What an address of this trigger ends with, behind `/webhook/` or `/webhook-test/`. */
export function pathOf(n8n: IHookFunctions | IWebhookFunctions): string {
	return NodeHelpers.getNodeWebhookPath(String(n8n.getWorkflow().id), n8n.getNode(), WEBHOOK_PATH);
}

/** The addresses of this trigger, as n8n names them now. */
export function addressesOf(n8n: IHookFunctions): Addresses {
	const url = n8n.getNodeWebhookUrl('default') as string;
	const path = pathOf(n8n);
	const isTest = n8n.getMode() === 'manual';
	const testEnd = `/webhook-test/${path}`;
	if (!isTest || !url.endsWith(testEnd)) return { url, isTest, path };
	return { url, isTest, path, production: `${url.slice(0, -testEnd.length)}/webhook/${path}` };
}

/**
 * Whose a callback is: `this` address, the `sibling` (test or production) of the same trigger on this n8n, the same
 * trigger under an address that n8n had once (`moved`) or on another n8n, another trigger of this n8n (`neighbour`), or
 * somebody else's.
 */
export type Owner = 'nobody' | 'this' | 'sibling' | 'moved' | 'neighbour' | 'other';

const originOf = (url: string): string => /^[a-z]+:\/\/[^/]+/i.exec(url)?.[0].toLowerCase() ?? '';

/** Whose the app's callback is. */
export function ownerOf(callback: string | undefined, { url, path }: Pick<Addresses, 'url' | 'path'>): Owner {
	if (!callback) return 'nobody';
	if (callback === url) return 'this';
	const isHere = originOf(callback) === originOf(url);
	if (callback.endsWith(`/${path}`)) return isHere ? 'sibling' : 'moved';
	return isHere && callback.endsWith(`/${WEBHOOK_PATH}`) ? 'neighbour' : 'other';
}
