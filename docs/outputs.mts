import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { schemaPath, schemaText, withSchema } from './schema.mts';

const root = join(import.meta.dirname, '..');

// The package is CommonJS without file endings in its imports: the build is what Node can load.
registerHooks({
	resolve: (specifier, context, next) => {
		// The other build of n8n-workflow is made for bundlers.
		const found = next(specifier, specifier === 'n8n-workflow' ? { ...context, conditions: ['node', 'require'] } : context);
		const source = /^((?:nodes|credentials)\/.*)\.ts$/.exec(found.url.replace(`${pathToFileURL(root).href}/`, ''));
		return source ? { ...found, url: pathToFileURL(join(root, 'dist', `${source[1]}.js`)).href, format: 'commonjs' } : found;
	},
});

const { resources } = await import('../nodes/Instagram/operations/index.ts');
const { outputOf } = await import('../test/outputs/outputs.mts');
const operations = withSchema(resources);
rmSync(join(root, 'nodes/Instagram/__schema__'), { recursive: true, force: true });
for (const [resource, operation] of operations) {
	const file = join(root, schemaPath(resource, operation));
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, schemaText(await outputOf(resource, operation)));
}
console.log(`Wrote the outputs of ${operations.length} operations`);
