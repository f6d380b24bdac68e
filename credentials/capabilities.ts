import type { INodeProperties } from 'n8n-workflow';

type Capability = { name: string; value: string; description: string };

const ALL: Capability[] = [
	{ name: 'Comments', value: 'comments', description: 'Read, answer and hide comments; start workflows on comments' },
	{ name: 'Insights', value: 'insights', description: 'Read the numbers of the account and its posts' },
	{ name: 'Messaging', value: 'messaging', description: 'Read and answer direct messages; start workflows on messages' },
	{ name: 'Pages in Business Portfolios', value: 'businessPages', description: 'Find Pages that are managed in a business portfolio' },
	{ name: 'Publishing', value: 'publishing', description: 'Publish posts' },
];

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
	const all = [...new Set([base, ...Object.values(byCapability)].flat())].join(' ');
	const scopesOf = (capability: string) =>
		`...($self["capabilities"].includes("${capability}") ? ${JSON.stringify(byCapability[capability])} : [])`;
	const chosen = `[...new Set([...${JSON.stringify(base)}, ${offered.map(scopesOf).join(', ')}])].join(" ")`;
	const otherwise = Object.keys(onlyIf).map((field) => `$self["${field}"] ? "" : `).join('');
	const scope = `={{ ${otherwise}$self["customScopes"] ? $self["enabledScopes"] : ${chosen} }}`;
	return [
		{
			displayName: 'Capabilities',
			name: 'capabilities',
			type: 'multiOptions',
			displayOptions: { show: { customScopes: [false], ...onlyIf } },
			options: ALL.filter(({ value }) => offered.includes(value)),
			default: offered,
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
			default: all,
			description: 'Permissions to ask for, separated by spaces. Without the permission of an operation, Meta refuses the operation.',
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: scope },
	];
}
