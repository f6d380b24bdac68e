const { basename } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** End-to-end files that take longest: begun first, so that no worker is left alone with one of them at the end. */
const LONGEST = [
	'lifecycle',
	'publishing',
	'canary',
	'loginMatrix',
	'sixtyDays',
	'storm',
	'hostileSenders',
	'sendAndWait',
];

const rankOf = ({ path }) => {
	const at = LONGEST.indexOf(basename(path, '.test.mts'));
	return at < 0 ? LONGEST.length : at;
};

module.exports = class extends Sequencer {
	/** Otherwise in jest's own order: by the time of the last run, or by size. */
	sort(tests) {
		return super.sort(tests).sort((one, other) => rankOf(one) - rankOf(other));
	}
};
