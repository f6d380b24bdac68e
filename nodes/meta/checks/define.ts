import { explain, isSpecific, isUnclear, type MetaError } from '../errors/metaError';
import type { LoginKind } from '../accounts';
import type { Facts } from './facts';

/** `notChecked` counts neither for nor against a login: Meta does not tell, or something else has to be mended first. */
export type Status = 'ok' | 'warning' | 'problem' | 'notChecked';

/** What one check found, in plain sentences. `fix` is empty when there is nothing to do. */
export type Finding = { status: Status; message: string; fix: string };

/** One line of the report. */
export type CheckRow = { check: string; name: string } & Finding;

/** One thing that can be wrong with a login. `run` makes no call: everything it needs was read before. */
export type Check = {
	check: string;
	name: string;
	/** Logins that have it; all when absent. Others get no row. */
	kinds?: LoginKind[];
	/** Checks whose problem explains one found here, which is then not reported a second time. */
	follows?: string[];
	run: (facts: Facts) => Finding;
};

export const FACEBOOK: LoginKind[] = ['facebookUser', 'facebookPage'];

/** A sentence with a full stop; texts of the error table have none. */
const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);

const finding =
	(status: Status) =>
	(message: string, fix = ''): Finding => ({ status, message: sentence(message), fix: sentence(fix) });

export const ok = finding('ok');
export const warning = finding('warning');
export const problem = finding('problem');
export const notChecked = finding('notChecked');

/** Meta's code of a refusal; `undefined` when no answer of Meta came. */
export function codeOf(failure: MetaError | undefined): number | undefined {
	return failure?.facts.error?.code;
}

/** True when Meta takes no more calls for a while: that says nothing about the login itself. */
export function isLimit({ facts }: MetaError): boolean {
	return facts.error !== undefined && explain(facts.error)?.retry === 'later';
}

/**
 * True when Meta refuses a person without a role on an app that is not published. With Instagram Login it says that it has
 * no such request, under the code for values that are wrong; of `/me` there is no other reason for it.
 */
export function lacksRole(failure: MetaError | undefined, kind: LoginKind): boolean {
	const error = failure?.facts.error;
	if (!error) return false;
	return (error.code === 200 && !isSpecific(error)) || (error.code === 100 && kind === 'instagram');
}

/** What a refused read means when the check has no words of its own for it. */
export function failed(failure: MetaError): Finding {
	if (isLimit(failure)) return notChecked('Meta takes no more calls at the moment', 'See Call Limits');
	const say = isUnclear(failure.facts) ? notChecked : problem;
	return say(failure.message, failure.description ?? '');
}
