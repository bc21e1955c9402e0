import {type Pen, write} from './pen.ts';
import {agentsOf} from './run.ts';
import {settleFailed} from './settle.ts';

/** Set a run down: what is under way may end, nothing new starts. */
export const suspendRun = (pen: Pen): void => {
	if (pen.run.status.kind !== 'ended' && !pen.run.suspended) write(pen, {type: 'run.suspended'});
};

/**
 * What a run is after its process died. Turns under way are lost and may be asked again, their money settled as an
 * estimate. A call that only reads is repeated by the hands. A call that writes or runs is never repeated by itself:
 * it ends with an unknown outcome, and the agent is told so.
 */
export const recoverRun = (pen: Pen): void => {
	if (pen.run.status.kind === 'ended' && agentsOf(pen.run).every(agent => agent.turn === undefined)) return;
	let lostTurns = 0;
	let lostCalls = 0;
	for (const agent of agentsOf(pen.run)) {
		if (agent.turn !== undefined) {
			lostTurns++;
			write(pen, {
				type: 'turn.failed',
				turnId: agent.turn.id,
				agentId: agent.id,
				failure: {kind: 'lost', message: 'Flotilla stopped while the model was replying.'},
				partial: [],
				settlement: settleFailed(agent, agent.turn, 'lost', undefined),
				retryAt: agent.status.kind === 'thinking' ? pen.now : undefined,
			});
		}
		for (const call of agent.calls) {
			if (call.status.kind !== 'running' || call.effect === 'read') continue;
			lostCalls++;
			write(pen, {
				type: 'call.finished',
				callId: call.id,
				agentId: agent.id,
				outcome: 'unknown',
				output:
					'The outcome of this call is unknown: Flotilla was stopped while it ran. It may have happened wholly, partly or not at all. Look before you repeat it.',
				touched: [],
			});
		}
	}
	write(pen, {type: 'run.recovered', lostTurns, lostCalls});
};
