import type {Agent} from './agent.ts';
import {unknownWords} from './answer-request.ts';
import {type Call, checkTool} from './call.ts';
import {withdrawRequests} from './end-agent.ts';
import {finishCall} from './finish-call.ts';
import {nextId, type Pen, write} from './pen.ts';
import {settleFailed} from './settle.ts';

/**
 * Set a run down: what is under way may end, nothing new starts. One that is found and that nobody has set down was
 * carried by an engine that has died.
 */
export const suspendRun = (pen: Pen, isFound: boolean): void => {
	if (pen.run.status.kind === 'ended' || pen.run.suspended) return;
	write(pen, isFound ? {type: 'run.suspended', engineDied: true} : {type: 'run.suspended'});
};

/** A call that may have happened is never repeated by itself: a person is asked what came of it, or the agent told. */
const askAbout = (pen: Pen, agent: Agent, call: Call): void => {
	const {unknownOutcome, standing} = pen.run.settings;
	// A check is asked for again by itself, and what came of the first is on record.
	if (unknownOutcome === 'tell' || standing.calls || call.tool === checkTool || call.preview === undefined) {
		finishCall(pen, call, {outcome: 'unknown', output: unknownWords, changes: call.tool !== checkTool});
		return;
	}
	write(pen, {
		type: 'request.opened',
		requestId: nextId(pen, 'request'),
		agentId: agent.id,
		stepId: agent.stepId,
		ask: {kind: 'unknown', callId: call.id, tool: call.tool, preview: call.preview},
	});
};

/**
 * The engine ends and has cut a call off. What it may have done is asked about, as after a crash; one that only reads
 * stays under way in the log, and is repeated when the run is taken up.
 */
export const cutShort = (pen: Pen, agent: Agent, call: Call): void => {
	if (call.effect === 'read') return;
	withdrawRequests(pen, agent.id, call.id);
	write(pen, {type: 'call.lost', callId: call.id, agentId: agent.id});
	askAbout(pen, agent, call);
};

/**
 * What a run is after its process died. Turns under way are lost and may be asked again, their money settled as an
 * estimate. A call that only reads is repeated by the hands.
 */
export const recoverRun = (pen: Pen): void => {
	const unkept = pen.run.grants.some(({reach, kept}) => reach === 'always' && !kept);
	const idle = pen.run.agents.every(agent => agent.turn === undefined) && !unkept;
	if (pen.run.status.kind === 'ended' && idle) return;
	let lostTurns = 0;
	const lost: (readonly [Agent, Call])[] = [];
	for (const agent of pen.run.agents) {
		if (agent.turn !== undefined) {
			lostTurns++;
			write(pen, {
				type: 'turn.failed',
				turnId: agent.turn.id,
				agentId: agent.id,
				failure: {kind: 'lost', message: 'Flotilla stopped while the model was replying.'},
				partial: [],
				settlement: settleFailed(agent, agent.turn, 'lost', undefined, true),
				retryAt: agent.status.kind === 'thinking' ? pen.now : undefined,
			});
		}
		for (const call of agent.calls) {
			if (call.status.kind !== 'running') continue;
			// It will ask again for what it wanted.
			withdrawRequests(pen, agent.id, call.id);
			if (call.effect === 'read') continue;
			write(pen, {type: 'call.lost', callId: call.id, agentId: agent.id});
			lost.push([agent, call]);
		}
	}
	write(pen, {type: 'run.recovered', lostTurns, lostCalls: lost.length});
	for (const [agent, call] of lost) askAbout(pen, agent, call);
};
