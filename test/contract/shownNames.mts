import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { InstagramAccessTokenApi } from '../../credentials/InstagramAccessTokenApi.credentials.ts';
import { InstagramFacebookLoginOAuth2Api } from '../../credentials/InstagramFacebookLoginOAuth2Api.credentials.ts';
import { InstagramLoginOAuth2Api } from '../../credentials/InstagramLoginOAuth2Api.credentials.ts';
import { Instagram } from '../../nodes/Instagram/Instagram.node.ts';
import { resources } from '../../nodes/Instagram/operations/index.ts';
import { InstagramTrigger } from '../../nodes/InstagramTrigger/InstagramTrigger.node.ts';
import { checks } from '../../nodes/meta/checks/index.ts';

/** n8n's editor has labels of its own for these fields of a credential, whatever the credential calls them. */
const EDITOR_LABELS: Record<string, string> = { clientId: 'Client ID', clientSecret: 'Client Secret' };

type Field = Pick<INodeProperties, 'displayName' | 'name'> & Partial<INodeProperties>;

/** The fields that the editor shows, those within collections included. */
const shownFields = (fields: Field[]): Field[] =>
	fields
		.filter(({ type }) => type !== 'hidden')
		.flatMap((field) => [
			field,
			...(field.options ?? []).flatMap((option) =>
				'values' in option
					? shownFields([option as Field, ...option.values])
					: 'type' in option
						? shownFields([option])
						: [],
			),
		]);

const choicesOf = ({ options = [], modes = [] }: Field): string[] => [
	...options.flatMap((option) => ('value' in option ? [option.name] : [])),
	...modes.map(({ displayName }) => displayName),
];

const credentials: ICredentialType[] = [
	new InstagramAccessTokenApi(),
	new InstagramFacebookLoginOAuth2Api(),
	new InstagramLoginOAuth2Api(),
];

/** Labels of a credential's fields, as the editor shows them. */
export function labelsOf({ properties }: Pick<ICredentialType, 'properties'>): string[] {
	return shownFields(properties).map(({ name, displayName }) => EDITOR_LABELS[name] ?? displayName);
}

/** Credential, by the name that the editor shows -> labels of its fields. */
export const CREDENTIALS = new Map(credentials.map((credential) => [credential.displayName, labelsOf(credential)]));

const nodes = [new Instagram().description, new InstagramTrigger().description];
const fields = [
	...nodes.flatMap(({ properties }) => shownFields(properties)),
	...credentials.flatMap(({ properties }) => shownFields(properties)),
];

/** What the editor shows of this package: single names, and pairs as `Webhook: Get Status` or `Setup: Manual`. */
export const SHOWN = new Set([
	...nodes.map(({ displayName }) => displayName),
	...nodes.flatMap(({ properties }) => shownFields(properties).map(({ displayName }) => displayName)),
	...[...CREDENTIALS].flat(2),
	...fields.flatMap(choicesOf),
	...fields.flatMap((field) => choicesOf(field).map((choice) => `${field.displayName}: ${choice}`)),
	...resources.flatMap(({ name, operations }) => operations.map((operation) => `${name}: ${operation.name}`)),
	...checks.map(({ name }) => name),
]);
