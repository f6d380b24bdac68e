import { MetaError, trace } from '../../../meta/errors/metaError';
import { POST_METRICS, type PostKind, type PostMetric } from '../../../meta/reading/metrics';
import { askInsights, type InsightCall, type Told } from '../../../meta/reading/insights';
import { operation, type RunContext } from '../define';
import { metricsField, shownInsights, simplifyInsights } from '../shared/insightFields';
import { postField, postIdOf } from '../shared/postField';
import { asNames, optionsField } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const KINDS: Record<PostKind, string> = { FEED: 'posts', REELS: 'reels', STORY: 'stories' };

const describe = ({ on, description, facebookOnly, ...rest }: PostMetric) => ({
	...rest,
	description: `${description}. For ${on.map((kind) => KINDS[kind]).join(', ')}${facebookOnly ? ', with Facebook Login' : ''}.`,
});

async function kindOf({ fail, graph }: RunContext, postId: string): Promise<PostKind> {
	const { media_product_type: type } = await graph({
		method: 'GET',
		path: graphPath`/${postId}`,
		query: { fields: 'id,media_product_type' },
	});
	if (type === 'LIVE') throw fail('Live videos have no insights', 'Meta counts posts, reels and stories.');
	return type === 'REELS' || type === 'STORY' ? type : 'FEED';
}

/** Why a metric cannot be asked for; `undefined` when it can. What the table does not know is left to Meta. */
function obstacle(metric: PostMetric | undefined, kind: PostKind, isInstagram: boolean): string | undefined {
	if (metric && !metric.on.includes(kind))
		return `Meta counts this for ${metric.on.map((one) => KINDS[one]).join(' and ')} only`;
	return metric?.facebookOnly && isInstagram ? 'Meta offers this with Facebook Login only' : undefined;
}

/** Splits metrics into calls: Meta takes a breakdown only with the metrics that have it. */
function callsOf(names: string[], isSplit: boolean): InsightCall[] {
	const breakdownOf = (name: string) =>
		isSplit ? (POST_METRICS.find((metric) => metric.name === name)?.breakdown ?? '') : '';
	const breakdowns = [...new Set(names.map(breakdownOf))];
	return breakdowns.map((breakdown) => ({
		metrics: names.filter((name) => breakdownOf(name) === breakdown),
		query: breakdown ? { breakdown } : {},
	}));
}

/** Meta's number for a story that too few people have seen; the same as for a permission that is missing. */
const FORBIDDEN = 10;

/** @see https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights */
export const getInsights = operation({
	value: 'getInsights',
	name: 'Get Insights',
	action: 'Get the insights of a post',
	description:
		'Read how often a post, reel or story was seen, liked, saved and more, one item per number. Stories have numbers for 24 hours, from 5 viewers on. A metric that Meta refuses is told in its item; the others come.',
	fields: [
		postField,
		metricsField(POST_METRICS.map(describe), {
			hint: 'Everything that Meta has for this kind of post when none is chosen',
			description: 'What to read; everything that Meta has for this kind of post when none is chosen',
		}),
		simplifyInsights,
		optionsField({
			displayName: 'Break Down',
			name: 'breakDown',
			type: 'boolean',
			default: false,
			description: 'Whether to split Navigation by what people tapped and Profile Activity by what they did',
		}),
	],
	run: async (ctx) => {
		const postId = await postIdOf(ctx);
		const kind = await kindOf(ctx, postId);
		const isInstagram = ctx.connection.kind === 'instagram';
		const obstacleOf = (name: string) =>
			obstacle(
				POST_METRICS.find((metric) => metric.name === name),
				kind,
				isInstagram,
			);
		const wanted = asNames(ctx.param<unknown>('metrics', []));
		const names = wanted.length > 0 ? wanted : POST_METRICS.map(({ name }) => name).filter((name) => !obstacleOf(name));
		const impossible = names.filter(obstacleOf).map((metric) => ({ metric, note: obstacleOf(metric) as string }));
		const { breakDown = false } = ctx.param<{ breakDown?: boolean }>('options', {});
		const calls = callsOf(
			names.filter((name) => !obstacleOf(name)),
			breakDown,
		);
		const told: Told[] = await askInsights(ctx.graph, graphPath`/${postId}/insights`, calls).catch((error: Error) => {
			if (kind !== 'STORY' || !(error instanceof MetaError) || error.facts.error?.code !== FORBIDDEN) throw error;
			throw ctx.fail(
				'Meta does not give the numbers of this story',
				`It gives them from 5 viewers on. If more have seen it, the login lacks the permission for insights. ${trace(error.facts)}`,
			);
		});
		return shownInsights(ctx, { postId, mediaProductType: kind }, [
			...told,
			{ call: { metrics: [], query: {} }, insights: [], missing: impossible },
		]);
	},
});
