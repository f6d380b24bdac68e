// Changes n8n as it is loaded: CANARY_PLANTS names a JSON file of [{ file, from, to }]. What is not found is an error,
// so that a test cannot pass because nothing was changed.
const { readFileSync } = require('node:fs');
const Module = require('node:module');

const plants = JSON.parse(readFileSync(process.env.CANARY_PLANTS, 'utf8'));
const load = Module._extensions['.js'];

Module._extensions['.js'] = function (module, path) {
	const mine = plants.filter(({ file }) => path.endsWith(file));
	if (mine.length === 0) return load(module, path);
	let text = readFileSync(path, 'utf8');
	for (const { from, to, file } of mine) {
		if (!text.includes(from)) {
			console.error(`Nothing to change in ${file}: ${from}`);
			process.exit(1);
		}
		text = text.replaceAll(from, to);
	}
	return module._compile(text, path);
};
