import { BASE_SCOPES, CAPABILITY_NAMES, SCOPES_BY_CAPABILITY } from '../constants';
import { failed, FACEBOOK, notChecked, ok, problem, type Check, type Finding } from './define';
import { failureOf, valueOf } from './read';
import type { Facts } from './facts';

const nameOf = (capability: string): string => CAPABILITY_NAMES[capability];
/** Name of the check for the permissions of a capability. */
export function checkOf(capability: string): string {
	return `${capability}Permissions`;
}

/** Permissions that the login has now; `undefined` when Meta does not tell. */
export function grantedScopes({ permissions, token }: Facts): string[] | undefined {
	const listed = valueOf(permissions);
	if (!listed) return valueOf(token)?.scopes;
	return listed.filter(({ status }) => status === 'granted').map(({ permission }) => permission);
}

/** Permissions that the person refused or let lapse. */
export function refusedScopes({ permissions }: Facts): string[] {
	return (valueOf(permissions) ?? []).filter(({ status }) => status !== 'granted').map(({ permission }) => permission);
}

/**
 * Whether the login is meant for a capability: the credential says so or, where it does not, the first permission
 * of the capability was asked for. With Instagram Login nobody tells, so everything is tried.
 */
export function isWanted(facts: Facts, capability: string): boolean {
	if (facts.login.kind === 'instagram') return true;
	if (facts.stored.capabilities) return facts.stored.capabilities.includes(capability);
	const [first] = SCOPES_BY_CAPABILITY[capability];
	return [...(grantedScopes(facts) ?? [first]), ...refusedScopes(facts)].includes(first);
}

function missing(facts: Facts, name: string, scopes: string[]): Finding {
	const granted = grantedScopes(facts);
	if (!granted) {
		const refused = failureOf(facts.permissions) ?? failureOf(facts.token);
		return refused
			? failed(refused)
			: notChecked(
					'Meta tells the permissions of a Page token to the app only',
					'Fill in App ID and App Secret in the credential to see them',
				);
	}
	const absent = scopes.filter((scope) => !granted.includes(scope));
	if (absent.length === 0) return ok(`${name} has its permissions: ${scopes.join(', ')}`);
	const declined = absent.filter((scope) => refusedScopes(facts).includes(scope));
	const why =
		declined.length > 0
			? `The person declined ${declined.join(', ')} or let it lapse.`
			: 'The login was not asked for it.';
	const how = facts.stored.capabilities
		? 'Open the credential in n8n, connect again and leave everything ticked in the dialog'
		: 'Make a new token, or log in through the configuration again, with these permissions';
	return problem(
		`${name} lacks ${absent.join(', ')}. ${why}`,
		`${how}. If Meta does not offer a permission, add it to the app: App Dashboard > Use cases > Customize`,
	);
}

/** What every Facebook Login needs to find the account at all. */
const base: Check = {
	check: 'basePermissions',
	name: 'Basic Permissions',
	kinds: FACEBOOK,
	follows: ['tokenValid', 'app', 'appMode'],
	run: (facts) => missing(facts, 'The login', BASE_SCOPES),
};

const ofCapability = (capability: string): Check => ({
	check: checkOf(capability),
	name: `${nameOf(capability)} Permissions`,
	kinds: FACEBOOK,
	follows: ['tokenValid', 'app', 'appMode'],
	run: (facts) =>
		isWanted(facts, capability)
			? missing(facts, nameOf(capability), SCOPES_BY_CAPABILITY[capability])
			: notChecked(
					`${nameOf(capability)} is not part of this login`,
					`To use it, add ${SCOPES_BY_CAPABILITY[capability].join(', ')}: switch the capability on in the credential, or make a token with these permissions`,
				),
});

/** Meta has no list of permissions for Instagram Login. */
const ofInstagramLogin: Check = {
	check: 'permissions',
	name: 'Permissions',
	kinds: ['instagram'],
	run: () =>
		notChecked(
			'Meta does not list the permissions of Instagram Login. Access to Messages and Publishing Limit below are tried out instead; comments and insights are not',
		),
};

export const permissionChecks: Check[] = [
	base,
	...Object.keys(SCOPES_BY_CAPABILITY).map(ofCapability),
	ofInstagramLogin,
];
