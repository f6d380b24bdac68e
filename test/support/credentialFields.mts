import { Workflow, type ICredentialType, type IDataObject, type INodeProperties } from 'n8n-workflow';

const workflow = new Workflow({
	nodes: [],
	connections: {},
	active: false,
	nodeTypes: { getByName: () => undefined, getByNameAndVersion: () => undefined, getKnownTypes: () => ({}) } as never,
});
const node = { id: '1', name: 'x', type: 'x', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };

/** The form of a credential: its fields, and what n8n makes of those that are expressions over the other ones. */
export function formOf({ properties }: ICredentialType) {
	const defaults = Object.fromEntries(properties.map(({ name, default: value }) => [name, value])) as IDataObject;
	const field = (name: string) => properties.find((property) => property.name === name) as INodeProperties;
	const evaluate = async (name: string, filledIn: IDataObject = {}): Promise<unknown> => {
		await workflow.expression.acquireIsolate?.();
		const $self = { ...defaults, ...filledIn };
		const value = workflow.expression.getSimpleParameterValue(node, field(name).default as string, 'internal', {
			$self,
		} as never);
		await workflow.expression.releaseIsolate?.();
		return value;
	};
	const scopesFor = async (filledIn: IDataObject) =>
		String(await evaluate('scope', filledIn))
			.split(' ')
			.sort();
	return { defaults, field, evaluate, scopesFor };
}
