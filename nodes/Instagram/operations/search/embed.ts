import { MetaError, trace } from '../../../meta/errors/metaError';
import { shortcodeIn } from '../../../meta/reading/postLink';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { optionsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

type Options = { hideCaption?: boolean; maxWidth?: number; omitScript?: boolean };

const EMBED_FIELDS = ['html', 'width', 'type', 'version', 'provider_name', 'provider_url'];
/** Meta's number for a post that is not there, or not public. */
const NOT_PUBLIC = 24;

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/oembed
 */
export const embed = operation({
	value: 'embed',
	name: 'Embed',
	action: 'Get the HTML that shows a post on a website',
	description:
		"Get the HTML that shows a public post or reel of anybody on a website (Meta's oEmbed). Facebook Login only.",
	withoutAccount: true,
	logins: ['facebookUser', 'facebookPage'],
	fields: [
		{
			displayName: 'Post URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://www.instagram.com/p/DAbc-1_xyz/',
			description: 'Link to the post or reel',
		},
		simplify,
		optionsField(
			{
				displayName: 'Hide Caption',
				name: 'hideCaption',
				type: 'boolean',
				default: false,
				description: 'Whether to show the post without its caption',
			},
			{
				displayName: 'Maximum Width',
				name: 'maxWidth',
				type: 'number',
				typeOptions: { minValue: 320, maxValue: 658 },
				default: 658,
				description: 'Width in pixels, from 320 to 658',
			},
			{
				displayName: 'Omit Script',
				name: 'omitScript',
				type: 'boolean',
				default: false,
				description: 'Whether to leave out the script, for pages that load it themselves',
			},
		),
	],
	run: async (ctx) => {
		const { connection, fail, graph, param } = ctx;
		const url = param('url').trim();
		if (!shortcodeIn(url))
			throw fail(
				`"${url}" is no link to a post`,
				'Enter a link like https://www.instagram.com/p/DAbc-1_xyz/. Stories and profiles cannot be embedded.',
			);
		const { hideCaption, maxWidth, omitScript } = param<Options>('options', {});
		const query = {
			url,
			...(maxWidth ? { maxwidth: maxWidth } : {}),
			...(hideCaption ? { hidecaption: true } : {}),
			...(omitScript ? { omitscript: true } : {}),
		};
		// Meta documents the app's token; whoever pasted a token alone has none.
		const signAs = connection.appId && connection.appSecret ? 'app' : 'user';
		const answer = await graph({ method: 'GET', path: graphPath`/instagram_oembed`, query, signAs }).catch(
			(error: Error) => {
				if (!(error instanceof MetaError) || error.facts.error?.code !== NOT_PUBLIC) throw error;
				throw fail(
					'This post is not there, or not public',
					`Only posts of public accounts can be embedded. ${trace(error.facts)}`,
				);
			},
		);
		return shown(ctx, [answer], EMBED_FIELDS);
	},
});
