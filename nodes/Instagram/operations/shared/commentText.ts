import type { INodeProperties } from 'n8n-workflow';

export const commentTextField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Thank you!',
	description: 'What to write. Instagram refuses long texts, texts in capitals, and several hashtags or links.',
};

/** Shown when it is open whether a comment was written. */
export const UNCLEAR_COMMENT =
	'The comment may or may not have been written: look at the comments of the post before you write it again.';
