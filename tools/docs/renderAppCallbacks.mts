import type * as AppCallbacks from '../../nodes/InstagramTrigger/appCallbacks/define.ts';

const CODE = 'tl5oa80123456789ab0123456789abcdef';
const REQUEST = { algorithm: 'HMAC-SHA256', issued_at: 1_795_000_000, user_id: '1234567890123456' };

const INTRO = `
## Events at addresses of their own
Meta does not send these two to the webhook. Choose them under Events, activate the workflow, copy the Production URLs that the trigger shows, and enter them in the Meta App Dashboard:

| Production URL that ends with | Facebook Login | Instagram Login |
| --- | --- | --- |
| \`/deauthorize\` | Facebook Login for Business > Settings > *Deauthorize callback URL* | Instagram > API setup with Instagram login > Business login settings > *Deauthorize callback URL* |
| \`/deletion\` | the same page, *Data deletion request URL*; also App settings > Basic > *User data deletion* | the same page, *Data deletion request URL* |

The trigger checks Meta's signature with the secrets of the credential, and answers as Meta demands once n8n has the event. They need no callback of the app, so any workflow may listen to them. \`userId\` is the person's ID for the app, not for messages; \`accountId\` is filled in when the person is an account that logged in itself.
`;

/** The last part of `docs/events.md`: events that come to addresses of their own. */
export function renderAppCallbacks({ appCallbacks, appCallbackItem }: typeof AppCallbacks): string {
	const sections = appCallbacks.map(({ event, name, description }) => {
		const isDeletion = event === 'dataDeletion';
		const details = isDeletion
			? {
					confirmationCode: CODE,
					statusUrl: `https://n8n.example.com/webhook/your-trigger/webhook/deletion?code=${CODE}`,
				}
			: {};
		const eventId = isDeletion ? CODE : `${REQUEST.user_id}:${REQUEST.issued_at}`;
		const item = appCallbackItem(event, eventId, REQUEST, [], details);
		return `### \`${event}\`\n${description.split('. ')[0]}. Chosen under Events as *${name}*.\n\n\`\`\`json\n${JSON.stringify(item, null, 2)}\n\`\`\`\n`;
	});
	return `${INTRO}\n${sections.join('\n')}`;
}
