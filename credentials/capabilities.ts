import type { INodeProperties } from 'n8n-workflow';
import { CAPABILITY_NAMES, OPT_IN_CAPABILITIES } from '../nodes/meta/constants';

const DESCRIPTIONS: Record<string, string> = {
	comments: 'Read, answer and hide comments; start workflows on comments',
	deletion: 'Delete posts. Only for apps that have access to this permission.',
	insights: 'Read the numbers of the account and its posts',
	likes: 'Like posts and comments. Only for apps that have access to this permission.',
	messaging: 'Read and answer direct messages; start workflows on messages',
	businessPages: 'Find Pages that are managed in a business portfolio',
	products: "Tag products of the account's shop. Only for apps that have access to these permissions.",
	publishing: 'Publish posts',
	events: 'Announce events. Only for apps that have access to this permission.',
};

const nameOf = (capability: string): string => CAPABILITY_NAMES[capability];

/**
 * Fields by which an operator says what a login is for, and the hidden `scope` that follows from them.
 * @param base permissions that are always asked for
 * @param byCapability permissions of each capability that the login offers
 * @param onlyIf condition on other fields (n8n `displayOptions.show`); elsewhere nothing is asked for
 */
export function capabilityFields(
	base: string[],
	byCapability: Record<string, string[]>,
	onlyIf: Record<string, string[]> = {},
): INodeProperties[] {
	const offered = Object.keys(byCapability);
	const usual = offered.filter((capability) => !OPT_IN_CAPABILITIES.includes(capability));
	const scopes = [...new Set([base, ...usual.map((capability) => byCapability[capability])].flat())].join(' ');
	const scopesOf = (capability: string) =>
		`...($self["capabilities"].includes("${capability}") ? ${JSON.stringify(byCapability[capability])} : [])`;
	const chosen = `[...new Set([...${JSON.stringify(base)}, ${offered.map(scopesOf).join(', ')}])].join(" ")`;
	const otherwise = Object.keys(onlyIf)
		.map((field) => `$self["${field}"] ? "" : `)
		.join('');
	const scope = `={{ ${otherwise}$self["customScopes"] ? $self["enabledScopes"] : ${chosen} }}`;
	return [
		{
			displayName: 'Capabilities',
			name: 'capabilities',
			type: 'multiOptions',
			displayOptions: { show: { customScopes: [false], ...onlyIf } },
			options: [...offered]
				.sort((a, b) => nameOf(a).localeCompare(nameOf(b)))
				.map((value) => ({ name: nameOf(value), value, description: DESCRIPTIONS[value] })),
			default: usual,
			description: 'What workflows may do with this login. Each one adds the permissions that Meta demands for it.',
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScopes',
			type: 'boolean',
			...(Object.keys(onlyIf).length > 0 ? { displayOptions: { show: onlyIf } } : {}),
			default: false,
			description: 'Whether to list the permissions yourself',
		},
		{
			displayName: 'Enabled Scopes',
			name: 'enabledScopes',
			type: 'string',
			displayOptions: { show: { customScopes: [true], ...onlyIf } },
			default: scopes,
			description:
				'Permissions to ask for, separated by spaces. Without the permission of an operation, Meta refuses the operation.',
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: scope },
	];
}
