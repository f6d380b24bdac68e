import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderEvents, renderOperations, sampleItems, withOperations } from '../../tools/docs/render.mts';
import { renderAppCallbacks } from '../../tools/docs/renderAppCallbacks.mts';
import { renderCompatibility } from '../../tools/docs/renderCompatibility.mts';
import { readOutputs, WITHOUT_SCHEMA } from '../../tools/docs/schema.mts';
import { resources } from '../../nodes/Instagram/operations/index.ts';
import * as appCallbacks from '../../nodes/InstagramTrigger/appCallbacks/define.ts';
import { readDelivery } from '../../nodes/InstagramTrigger/delivery/split.ts';
import { readers } from '../../nodes/InstagramTrigger/events/index.ts';
import { triggerFields } from '../../nodes/InstagramTrigger/panel/fields.ts';

import { VERSIONS } from '../../sandbox/n8n/versions.mts';
import { BEHAVIOURS } from '../canary/behaviours/index.mts';
import { SUITES, TOUR, type Results } from '../versions/suites.mts';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const fixture = (name: string) => readFileSync(join(root, 'test/fixtures/webhooks', name));

describe('the documents', () => {
	it('describe the operations and events that the code has: run "npm run docs"', () => {
		expect(read('docs/operations.md')).toBe(renderOperations(resources, readOutputs(resources, read), WITHOUT_SCHEMA));
		expect(read('docs/events.md')).toBe(
			renderEvents(readers, sampleItems(readers, readDelivery, fixture), triggerFields) +
				renderAppCallbacks(appCallbacks),
		);
	});

	it('say what was run on which n8n: run "npm run docs"', () => {
		const results = JSON.parse(read('test/versions/results.json')) as Results;
		expect(read('docs/compatibility.md')).toBe(renderCompatibility(results, VERSIONS, BEHAVIOURS));
		// Each version was run, with all there is to run.
		expect(
			Object.fromEntries(VERSIONS.map((version) => [version, Object.keys(results[version] ?? {}).sort()])),
		).toEqual(
			Object.fromEntries(VERSIONS.map((version) => [version, [TOUR, ...SUITES.map(({ name }) => name)].sort()])),
		);
		const [major, minor] = VERSIONS[0].split('.');
		expect(read('README.md')).toContain(`n8n ${major}.${minor} or later`);
	});

	it('show the fields within fields, and no table without rows', () => {
		const text = read('docs/operations.md');
		expect(text).toContain('| Cards: Buttons: Title |  | Text of the button, at most 20 characters in a template |');
		expect(text).toContain('| Options: Split Long Text | `false` |');
		expect(text).not.toMatch(/\| --- \|\n(?!\|)/);
	});

	it('show what comes out of every operation, long lists folded', () => {
		const text = read('docs/operations.md');
		expect(text.match(/^\*\*Output:\*\*/gm)).toHaveLength(resources.flatMap(({ operations }) => operations).length);
		expect(text).toContain('**Output:** `messageId` (text), `recipientId` (text).');
		expect(text).toContain('| `reactions[].by` | text |');
		const open = text
			.replace(/<details>[^]*?<\/details>/g, '')
			.split('| key | type |')
			.map((part) => part.split('\n\n')[0].split('\n').length - 2);
		expect(Math.max(...open.slice(1))).toBe(15);
	});

	it('name every operation in the README: run "npm run docs"', () => {
		expect(read('README.md')).toBe(withOperations(read('README.md'), resources));
		for (const { name } of resources) expect(read('README.md')).toContain(`| ${name} |`);
	});

	it.each(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/connect.md'])(
		'lead nowhere that does not exist: %s',
		(file) => {
			const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) =>
				join(dirname(file), match[1]),
			);
			expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
			const named = [
				...read(file).matchAll(/`((?:nodes|credentials|sandbox|test|docs|examples|\.ci)\/[\w./-]+)`/g),
			].map((match) => match[1]);
			expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
		},
	);
});
