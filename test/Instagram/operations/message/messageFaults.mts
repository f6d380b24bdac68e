import type { Outcome } from '../../../support/stages/inbox.mts';

/** How an item ends. */
export type End = 'sent' | 'refused' | 'unclear';

/** Fault -> what the sandbox does, whether the message reaches the customer all the same, and how the item ends. */
export const FAULTS: Record<string, { fault: object; isSent: boolean; end: End }> = {
	'a time-out before it was taken': { fault: { delayMs: 400, reset: 'before' }, isSent: false, end: 'unclear' },
	'a time-out after it was taken': { fault: { delayMs: 400, reset: 'after' }, isSent: true, end: 'unclear' },
	'a broken gateway before': { fault: { status: 502 }, isSent: false, end: 'unclear' },
	'a broken gateway after': { fault: { status: 502, afterEffect: true }, isSent: true, end: 'unclear' },
	"Meta's 500 before": { fault: { status: 500, error: { code: 1 } }, isSent: false, end: 'unclear' },
	"Meta's 500 after": { fault: { status: 500, error: { code: 1 }, afterEffect: true }, isSent: true, end: 'unclear' },
	'a cut connection before': { fault: { reset: 'before' }, isSent: false, end: 'unclear' },
	'a cut connection after': { fault: { reset: 'after' }, isSent: true, end: 'unclear' },
	'a passing error before': {
		fault: { status: 500, error: { code: 2, is_transient: true } },
		isSent: false,
		end: 'unclear',
	},
	'a passing error after': {
		fault: { status: 500, error: { code: 2, is_transient: true }, afterEffect: true },
		isSent: true,
		end: 'unclear',
	},
	'too many messages (613)': {
		fault: { status: 400, error: { code: 613, error_subcode: 2534040 } },
		isSent: true,
		end: 'sent',
	},
	'too many calls of the account (80002)': {
		fault: { status: 400, error: { code: 80002, is_transient: true } },
		isSent: true,
		end: 'sent',
	},
	'too many messages of the account (80006)': {
		fault: { status: 400, error: { code: 80006, is_transient: true } },
		isSent: true,
		end: 'sent',
	},
	'too many calls of the app (4)': {
		fault: { status: 403, error: { code: 4, is_transient: true } },
		isSent: true,
		end: 'sent',
	},
	'an answer that is no JSON': { fault: { answer: 'malformed' }, isSent: true, end: 'unclear' },
	'an answer that breaks off': { fault: { answer: 'truncated' }, isSent: true, end: 'unclear' },
	'a plain refusal': {
		fault: { status: 400, error: { code: 10, error_subcode: 2534022 } },
		isSent: false,
		end: 'refused',
	},
};

export const UNCLEAR = /may or may not have been sent/;

export function endOf({ error }: Outcome): End {
	if (!error) return 'sent';
	return UNCLEAR.test(error.description ?? '') ? 'unclear' : 'refused';
}
