const { readFileSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const { Transform } = require('node:stream');
const { dest, parallel, src } = require('gulp');

const { homepage, name } = JSON.parse(readFileSync('./package.json', 'utf8'));

/** Icons lie beside the compiled nodes and credentials, where n8n looks for them. */
function icons() {
	return src('nodes/**/*.svg', { base: '.', encoding: false }).pipe(dest('dist'));
}

/** A codex file that names another package or links elsewhere is silently ignored by n8n: refuse it here. */
function codex() {
	const check = new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			const content = JSON.parse(file.contents.toString());
			const links = Object.values(content.resources).flat();
			const right =
				content.node.startsWith(`${name}.`) && links.every(({ url }) => homepage.startsWith(url.split('#')[0]));
			done(right ? null : new Error(`${file.relative} names another package or address than package.json`), file);
		},
	});
	return src('nodes/**/*.node.json', { base: '.' }).pipe(check).pipe(dest('dist'));
}

/** What a file left behind in dist is what would ship. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

exports.clean = clean;
exports.default = parallel(icons, codex);
