import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../../sandbox/demo/stage.mts';

/** Shapes that nothing n8n stores may have, whoever made the value. */
const SHAPES: Array<[string, RegExp]> = [
	['a signed address of a file', /binary-data\/signed\?token=/],
	['a proof in an address', /appsecret_proof=/],
	['a token in an address', /[?&](?:access_token|client_secret|input_token)=/],
];

/** Every token, app secret and proof that the sandbox knows of, with a name for the report. */
function secretsOf({ sandbox }: Stage): Array<[string, string]> {
	const tokens = sandbox.world.tokens.all().map(({ value }) => value);
	const keys = [...sandbox.world.apps.values()].flatMap(({ secret, instagramAppSecret }) => [
		secret,
		instagramAppSecret,
	]);
	const proofs = keys.flatMap((key) => tokens.map((token) => createHmac('sha256', key).update(token).digest('hex')));
	const named = (name: string, values: string[]) => values.map((value): [string, string] => [name, value]);
	return [...named('a token', tokens), ...named('an app secret', keys), ...named('a proof', proofs)];
}

/** What n8n keeps in files: its database and its log. */
function storedFiles({ n8n }: Stage): string[] {
	const folder = join(n8n.userFolder, '.n8n');
	const database = readdirSync(folder)
		.filter((name) => name.startsWith('database.sqlite'))
		.map((name) => join(folder, name));
	return [...database, n8n.logFile];
}

/**
 * Meta reads a proof of a GET in its query only, and so the secret of Instagram's exchange. The two token endpoints of
 * Instagram take a token in the query where they refuse it in a header. n8n keeps none of these addresses.
 */
const isDocumentedThere = (method: string, path: string, key: string): boolean =>
	(key === 'appsecret_proof' && method !== 'POST') ||
	(method === 'GET' && /^\/(refresh_)?access_token$/.test(path) && ['access_token', 'client_secret'].includes(key));

async function queryLeaks({ control }: Stage): Promise<string[]> {
	const requests = await control.requests();
	return requests.flatMap(({ method, path, query }) =>
		Object.keys(query)
			.filter((key) => /token|secret|proof|^code$/.test(key) && !isDocumentedThere(method, path, key))
			.map((key) => `"${key}" in the query of ${method} ${path}`),
	);
}

/** Everything secret that n8n stored in clear, and every query that carried what belongs elsewhere. Empty when all is well. */
export async function leaksOf(stage: Stage): Promise<string[]> {
	const contents = storedFiles(stage).map((file) => ({
		file: file.replace(/^.*\//, ''),
		text: readFileSync(file).toString('latin1'),
	}));
	// A search that finds nothing must be one that could: the names of n8n's tables stand in its database.
	if (!contents.some(({ text }) => text.includes('credentials_entity')))
		return ['the files of n8n could not be searched'];
	const found = contents.flatMap(({ file, text }) => [
		...secretsOf(stage)
			.filter(([, value]) => text.includes(value))
			.map(([name]) => `${name} in ${file}`),
		...SHAPES.filter(([, shape]) => shape.test(text)).map(([name]) => `${name} in ${file}`),
	]);
	return [...new Set([...found, ...(await queryLeaks(stage))])];
}
