import type { IWebhookFunctions } from 'n8n-workflow';

/** What the Options add to the items, or leave out of them. */
export type Extras = {
	downloadAttachments: boolean;
	addSenderProfile: boolean;
	addMessagingWindow: boolean;
	outputRawOnly: boolean;
};

/** All of them are off unless they are added. */
export function extrasOf(n8n: IWebhookFunctions): Extras {
	const options = n8n.getNodeParameter('options', {}) as Partial<Extras>;
	const {
		downloadAttachments = false,
		addSenderProfile = false,
		addMessagingWindow = false,
		outputRawOnly = false,
	} = options;
	return { downloadAttachments, addSenderProfile, addMessagingWindow, outputRawOnly };
}
