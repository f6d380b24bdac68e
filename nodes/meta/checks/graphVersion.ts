import { DEFAULT_GRAPH_VERSION } from '../constants';
import { notChecked, ok, problem, warning, type Check } from './define';
import { DAY_MS } from '../time';
import { GRAPH_VERSION_ENDS } from './graphVersions';

const WARN_BEFORE_MS = 183 * DAY_MS;
const CHANGE = `Set Graph API Version in the credential to ${DEFAULT_GRAPH_VERSION} or newer, and run your workflows once`;

/** How long Meta serves the version that the credential asks for. */
export const graphVersion: Check = {
	check: 'graphVersion',
	name: 'Graph API Version',
	run: ({ login, now }) => {
		const version = /v\d+\.\d+$/.exec(login.versionedUrl)?.[0] ?? '';
		if (!Object.hasOwn(GRAPH_VERSION_ENDS, version))
			return notChecked(`The end of ${version || 'this version'} is not known here`);
		const end = GRAPH_VERSION_ENDS[version];
		if (end === undefined) return ok(`${version} is the newest version; Meta has not named its end`);
		const left = Date.parse(end) - now;
		if (left <= 0) return problem(`Meta ended ${version} on ${end} and answers with another version`, CHANGE);
		if (left < WARN_BEFORE_MS) return warning(`Meta ends ${version} on ${end}`, CHANGE);
		return ok(`${version} works until ${end}`);
	},
};
