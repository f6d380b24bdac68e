import { reader } from './define';
import { ownObject, text } from './shared/shape';

/**
 * Its file is not named `test`, because n8n's lint takes that for a leftover.
 * The Test button sends samples of all fields. Those with a content become the event that they are a sample of.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#configure-webhooks-product
 */
export const testPayload = reader({
	event: 'test',
	name: 'Test',
	description: 'Somebody pressed the Test button of a field whose sample has no content',
	field: 'messages',
	anyField: true,
	optional: true,
	from: ({ field, kind }) => ({ field: field || kind }),
	output: { test: ownObject((test) => test, 'The test', { field: text('field', 'The field that was tested') }) },
	reads: ({ isTest }) => isTest,
});
