import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// What the operating system and TLS need. Everything else of the caller's environment stays out: NODE_ENV of
// a test runner, proxies (they would swallow calls to loopback), and settings of the user's own n8n.
const INHERITED = [
	'PATH',
	'HOME',
	'USER',
	'LANG',
	'LC_ALL',
	'TZ',
	'TMPDIR',
	'TEMP',
	'TMP',
	'NODE_EXTRA_CA_CERTS',
	'SystemRoot',
	'ComSpec',
	'PATHEXT',
	'USERPROFILE',
	'APPDATA',
	'LOCALAPPDATA',
];

// Each of these is one reason for n8n to call the internet, or to nag.
const SILENCE = {
	N8N_DIAGNOSTICS_ENABLED: 'false', // telemetry and PostHog
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false', // the list of verified community nodes
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
	N8N_PYTHON_ENABLED: 'false', // its runner is not part of the npm package
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
};

// `mcp-registry` calls home at boot and no setting stops it. The others need a licence or serve AI features;
// without them the first boot is faster (fewer modules, fewer tables).
const DISABLED_MODULES = [
	'mcp-registry',
	'mcp',
	'instance-ai',
	'agents',
	'chat-hub',
	'workflow-builder',
	'otel',
	'source-control',
	'external-secrets',
	'ldap',
	'sso-saml',
	'sso-oidc',
	'log-streaming',
	'quick-connect',
];

/** n8n refuses to start when it is told to leave out a module that it does not have. */
function disabledModules(n8nDir: string): string[] {
	const folder = join(n8nDir, 'node_modules', 'n8n', 'dist', 'modules');
	const present = new Set((existsSync(folder) ? readdirSync(folder) : []).map((name) => name.replace(/\.ee$/, '')));
	return DISABLED_MODULES.filter((name) => present.has(name));
}

/** The parts of n8n's environment that differ between two instances. */
export type InstanceSettings = {
	/** Folder from `installN8n`. */
	n8nDir: string;
	userFolder: string;
	port: number;
	brokerPort: number;
	/** Overrides; an `undefined` value removes a variable. */
	env?: Record<string, string | undefined>;
};

/** The whole environment of a headless n8n on loopback with SQLite that leaves the internet alone. */
export function n8nEnvironment(settings: InstanceSettings): Record<string, string> {
	const url = `http://127.0.0.1:${settings.port}/`;
	const inherited = INHERITED.map((name) => [name, process.env[name]] as const);
	const all: Record<string, string | undefined> = {
		...Object.fromEntries(inherited),
		...SILENCE,
		// Neither production (rate limits on login, 10 s of waiting after a crash) nor development (open CORS,
		// stack traces in answers); n8n knows no third value.
		NODE_ENV: 'sandbox',
		DB_TYPE: 'sqlite',
		N8N_USER_FOLDER: settings.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(settings.port),
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: url,
		WEBHOOK_URL: url,
		N8N_SECURE_COOKIE: 'false', // plain http on loopback
		N8N_DISABLED_MODULES: disabledModules(settings.n8nDir).join(','),
		...settings.env,
	};
	const set = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return Object.fromEntries(set);
}
