import type { IBinaryKeyData, IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { openConnection } from '../../meta/login/openConnection';
import type { Connection, CredentialType } from '../../meta/connection';
import type { InstagramEvent } from '../events/define';
import type { Extras } from './chosen';
import { downloaderFor } from './downloads';
import { messagingWindowOf } from './messagingWindow';
import { profilesFor } from './senderProfile';
import { startTimeLimit } from './timeLimit';

function itemOf(
	{ raw, ...all }: InstagramEvent,
	{ outputRawOnly }: Extras,
	added: IDataObject,
	binary: IBinaryKeyData,
): INodeExecutionData {
	const { event, eventId, accountId } = all;
	const json = outputRawOnly ? { ...raw, event, eventId, accountId, ...added } : { ...all, ...added, raw };
	return Object.keys(binary).length > 0 ? { json, binary } : { json };
}

/**
 * The items of new events, with what the Options add. Everything runs side by side and ends in time: what fails or takes
 * too long is missing on the item, which says so; the event itself is never lost or held up.
 * @param arrivedAt when the delivery came in, in milliseconds since 1970
 */
export async function itemsOf(
	n8n: IWebhookFunctions,
	events: InstagramEvent[],
	extras: Extras,
	arrivedAt: number,
): Promise<INodeExecutionData[]> {
	const { downloadAttachments, addSenderProfile, addMessagingWindow } = extras;
	if (!downloadAttachments && !addSenderProfile) {
		return events.map((event) =>
			itemOf(event, extras, addMessagingWindow ? { messagingWindow: messagingWindowOf(event) } : {}, {}),
		);
	}
	let opened: Promise<Connection> | undefined;
	const open = async () =>
		await (opened ??= openConnection(n8n, n8n.getNodeParameter('authentication') as CredentialType));
	const limit = startTimeLimit(arrivedAt);
	const download = downloadAttachments ? downloaderFor(n8n, async () => (await open()).versionedUrl, limit) : undefined;
	const profile = addSenderProfile ? profilesFor(n8n, open, limit) : undefined;
	return await Promise.all(
		events.map(async (event) => {
			const [downloaded, sender] = await Promise.all([download?.(event), profile?.(event)]);
			const added = {
				...sender,
				...(addMessagingWindow ? { messagingWindow: messagingWindowOf(event) } : {}),
				...(downloaded ? { downloads: downloaded.downloads } : {}),
			};
			return itemOf(event, extras, added, downloaded?.binary ?? {});
		}),
	);
}
