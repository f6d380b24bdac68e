import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RAW_KEYS, schemaPath, schemaText, withSchema } from './schema.mts';

const root = join(import.meta.dirname, '../..');

// The package is CommonJS without file endings in its imports: the build is what Node can load.
registerHooks({
	resolve: (specifier, context, next) => {
		// The other build of n8n-workflow is made for bundlers.
		const found = next(
			specifier,
			specifier === 'n8n-workflow' ? { ...context, conditions: ['node', 'require'] } : context,
		);
		const source = /^((?:nodes|credentials)\/.*)\.ts$/.exec(found.url.replace(`${pathToFileURL(root).href}/`, ''));
		return source
			? { ...found, url: pathToFileURL(join(root, 'dist', `${source[1]}.js`)).href, format: 'commonjs' }
			: found;
	},
});

const { resources } = await import('../../nodes/Instagram/operations/index.ts');
const { outputOf } = await import('../../test/outputs/outputs.mts');
const files: Array<[path: string, text: string]> = [];
const raw: Array<[name: string, keys: string[]]> = [];
for (const [resource, operation] of withSchema(resources)) {
	const { schema, rawKeys } = await outputOf(resource, operation);
	files.push([schemaPath(resource, operation.value), schemaText(schema)]);
	if (rawKeys) raw.push([`${resource}/${operation.value}`, rawKeys]);
}
// All of them ran: an operation that is gone leaves no file behind.
rmSync(join(root, 'nodes/Instagram/__schema__'), { recursive: true, force: true });
for (const [path, text] of files) {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
}
writeFileSync(join(root, RAW_KEYS), `${JSON.stringify(Object.fromEntries(raw), null, '\t')}\n`);
console.log(`Wrote the outputs of ${files.length} operations`);
