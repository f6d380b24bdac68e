import { createHash } from 'node:crypto';
import getPort from 'get-port';
import { FormData, fetch } from 'undici';
import { OWNER } from '../n8n/drive.mts';
import { hostPicture } from './picture.mts';
import { setStage, type Stage } from './stage.mts';
import { openTranscript } from './transcript.mts';

const ACCOUNT = 'sandbox_bakery';
const CUSTOMER = 'customer_one';
const QUESTION = 'Do you bake gluten-free bread? 🥐';
const CAPTION = 'Fresh from the oven 🥐 #bakery';

const transcript = openTranscript();

async function answerMessage(stage: Stage): Promise<void> {
	const { control } = stage;
	await transcript.step(`@${CUSTOMER} writes to @${ACCOUNT}: "${QUESTION}"`, async () => {
		await control.writeMessage(CUSTOMER, ACCOUNT, QUESTION);
	});
	await transcript.step('The signed webhook starts the workflow, and the customer gets the answer', async () => {
		const answer = await control.until('the answer in the inbox of the customer', async () =>
			(await control.inbox(CUSTOMER, ACCOUNT)).find(({ from, text }) => from === 'account' && text.includes(QUESTION)),
		);
		return `@${CUSTOMER} received: "${answer.text}"`;
	});
}

async function publishPicture(stage: Stage, formUrl: string): Promise<void> {
	const picture = await hostPicture();
	try {
		await transcript.step('An operator sends the form with a picture and a caption', async () => {
			const form = new FormData();
			form.append('field-0', picture.url);
			form.append('field-1', CAPTION);
			const answer = await fetch(formUrl, { method: 'POST', body: form });
			if (!answer.ok) throw new Error(`The form answered ${answer.status}: ${await answer.text()}`);
		});
		await transcript.step('The workflow publishes it, and it appears in the feed', async () => {
			const sha256 = createHash('sha256').update(picture.bytes).digest('hex');
			const post = await stage.control.until('the post in the feed', async () =>
				(await stage.control.feed(ACCOUNT)).find((media) => media.caption === CAPTION && media.sha256 === sha256),
			);
			return `${post.permalink}, the same ${picture.bytes.length} bytes`;
		});
	} finally {
		await picture.close();
	}
}

async function tour(stage: Stage): Promise<void> {
	const credential = await transcript.step(
		'Connecting the Instagram account through the login pop-up',
		async () => await stage.connect('Instagram (sandbox)', { defaultAccount: `@${ACCOUNT}` }),
	);
	const formUrl = await transcript.step('Importing and activating the example workflows', async () => {
		const answering = await stage.importExample('answer-direct-messages.json', credential);
		const publishing = await stage.importExample('publish-a-picture.json', credential);
		await Promise.all([answering, publishing].map(async ({ id }) => await stage.client.workflows.activate(id)));
		return `${stage.n8n.url}/form/${publishing.nodes[0].webhookId}`;
	});
	await answerMessage(stage);
	await publishPicture(stage, formUrl);
}

/** Stays until Ctrl+C (or a signal) ends it. */
async function untilStopped(): Promise<void> {
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
	});
}

async function main(): Promise<void> {
	const once = process.argv.includes('--once');
	// The usual ports where they are free, so that a person finds things where they look for them.
	const [port, n8nPort] = await Promise.all([
		getPort({ host: '127.0.0.1', port: 4010 }),
		getPort({ host: '127.0.0.1', port: 5678 }),
	]);
	const stage = await transcript.step(
		'Starting the sandbox (a local Meta) and a real n8n',
		async (report) => await setStage({ sandbox: { port }, n8nPort, report }),
	);
	try {
		await tour(stage);
		transcript.say(`Done in ${transcript.elapsed()}: every step was observed on the other side.`);
		if (!once) {
			transcript.say(
				`\n  n8n       ${stage.n8n.url}   (${OWNER.email} / ${OWNER.password})\n  sandbox   ${stage.sandbox.url}   (play the customer, see the feed)\n\nCtrl+C ends both.`,
			);
			await untilStopped();
		}
	} finally {
		await stage.close();
	}
}

main().catch((error: Error) => {
	transcript.say(`\nThe tour failed: ${error.message}`);
	process.exitCode = 1;
});
