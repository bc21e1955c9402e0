import type {AgentId} from './id.ts';
import {type Pen, write} from './pen.ts';
import type {Reach, Request} from './request.ts';
import {openRequests, type Run} from './run.ts';

/** Whether a person allowed such calls of this agent for more than once. */
export const isGranted = ({grants}: Run, asker: AgentId, rule: string | undefined): boolean =>
	grants.some(grant => grant.rule === rule && (grant.agentId === undefined || grant.agentId === asker));

/** A yes for more than once: the rule holds from now on, and answers whoever waits with the same question. */
export const addGrant = (pen: Pen, request: Request, rule: string, reach: Reach): void => {
	const agentId = reach === 'agent' ? request.agentId : undefined;
	write(pen, {type: 'grant.added', requestId: request.id, rule, agentId, reach});
	for (const other of openRequests(pen.run)) {
		const {ask} = other;
		if ((ask.kind !== 'call' && ask.kind !== 'network') || ask.grant !== rule) continue;
		if (agentId !== undefined && other.agentId !== agentId) continue;
		write(pen, {type: 'request.answered', requestId: other.id, answer: {kind: 'approve'}, by: 'policy'});
	}
};
