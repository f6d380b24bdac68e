import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, readText } from '../support/sources.mts';
import { VERSIONS } from '../../sandbox/n8n/versions.mts';

type Manifest = {
	version?: string;
	engines?: { node?: string };
	devDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
};
type Lock = { packages: Record<string, Manifest> };

const manifest = readJson<Manifest & Record<string, unknown>>('package.json');
const { packages } = readJson<Lock>('package-lock.json');

/** The oldest Node of a range such as `>=20` or `>=20.19 <= 24.x`, as a number that can be compared. */
const oldest = (range = ''): number => Number(/^>=\s*(\d+(?:\.\d+)?)/.exec(range)?.[1] ?? NaN);

describe('package.json', () => {
	it('says the same as the lock file', () => {
		for (const [key, value] of Object.entries(packages[''])) expect([key, manifest[key]]).toEqual([key, value]);
		for (const key of ['devDependencies', 'engines', 'peerDependencies'])
			expect([key, packages['']]).toEqual([key, expect.objectContaining({ [key]: manifest[key] })]);
	});

	it('names the versions that the lock file installs', () => {
		const installed = Object.keys(manifest.devDependencies!).map((name) => [
			name,
			packages[`node_modules/${name}`]?.version,
		]);
		expect(Object.fromEntries(installed)).toEqual(manifest.devDependencies);
		expect(Object.keys(manifest.devDependencies!)).toEqual(Object.keys(manifest.devDependencies!).sort());
	});

	it("names n8n's plug-in for the linter, which the linter of n8n brings along", () => {
		expect(manifest.devDependencies).toHaveProperty(['eslint-plugin-n8n-nodes-base']);
	});

	it('names the oldest Node that the documents name, and shuts no Node out on which a supported n8n runs', () => {
		const { node } = manifest.engines ?? {};
		for (const path of ['README.md', 'CONTRIBUTING.md'])
			expect(readText(path)).toContain(`Node ${oldest(node)} or later`);
		const locks = VERSIONS.map((version) => `sandbox/n8n/versions/${version}/package-lock.json`).filter((path) =>
			existsSync(join(__dirname, '../..', path)),
		);
		const wanted = locks.map((path) => oldest(readJson<Lock>(path).packages['node_modules/n8n'].engines?.node));
		expect(Math.floor(Math.min(...wanted))).toBe(oldest(node));
		// No upper end: each n8n says for itself how new a Node it takes.
		expect(node).not.toMatch(/</);
	});
});
