import { Credentials } from './drive/credentials.mts';
import { Executions } from './drive/executions.mts';
import { Nodes } from './drive/nodes.mts';
import { Session } from './drive/session.mts';
import { Workflows } from './drive/workflows.mts';

export type { CredentialRef } from './drive/credentials.mts';
export { errorOf, outputOf, type Execution, type ExecutionError, type ExecutionStatus } from './drive/executions.mts';
export type { WorkflowNode } from './drive/nodes.mts';
export { N8nError, OWNER, poll } from './drive/session.mts';
export type { StoredWorkflow, WorkflowJson } from './drive/workflows.mts';

/** Drives one n8n through the REST API its own editor uses, logged in as the owner. */
export class N8nClient {
	readonly credentials: Credentials;
	readonly workflows: Workflows;
	readonly executions: Executions;
	readonly nodes: Nodes;
	/** For REST calls that have no method here. */
	readonly session: Session;

	private constructor(session: Session) {
		this.session = session;
		this.credentials = new Credentials(session);
		this.nodes = new Nodes(session);
		this.workflows = new Workflows(session, this.nodes);
		this.executions = new Executions(session);
	}

	/** Sets up the owner on a fresh n8n, or logs in. @param url base URL, as in `RunningN8n.url` */
	static async open(url: string): Promise<N8nClient> {
		const session = new Session(url);
		await session.logIn();
		return new N8nClient(session);
	}
}
