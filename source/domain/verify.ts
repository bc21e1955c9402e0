import {type Agent, owesReading, ownsStep} from './agent.ts';
import {type Call, type CheckPlan, checkTool} from './call.ts';
import {finishAgent} from './end-agent.ts';
import type {AgentId} from './id.ts';
import {material} from './material.ts';
import {type CheckResult, nothingChanged, type Packet} from './packet.ts';
import {nextId, type Pen, write} from './pen.ts';
import {agentIn} from './run.ts';
import {mustReport} from './start-turn.ts';

/** Whether somebody changed files for this agent's step since a check last passed. */
const isUnchecked = (pen: Pen, agent: Agent): boolean =>
	pen.run.agents.some(worker => worker.stepId === agent.stepId && worker.unchecked);

const unverified = (packet: Packet, reason: string): Packet =>
	packet.status === 'VERIFIED' || packet.status === 'UNVERIFIED' ? {...packet, status: 'UNVERIFIED', reason} : packet;

const propose = (pen: Pen, call: Call, {name, command}: CheckPlan): void =>
	write(pen, {
		type: 'call.proposed',
		callId: nextId(pen, 'call'),
		agentId: call.agentId,
		turnId: call.turnId,
		// No model asked for it, so none waits for its result.
		useId: '',
		tool: checkTool,
		input: {name, command},
	});

/**
 * Take in an agent's report. Of a step that changed files it counts only once the project's checks have run: the word
 * `VERIFIED` is Flotilla's to give, never the agent's. Returns the packet that counts now, or undefined while it is
 * being checked.
 */
export const verify = (
	pen: Pen,
	agent: Agent,
	call: Call,
	packet: Packet,
	checks: readonly CheckPlan[],
): Packet | undefined => {
	if (packet.status === 'FAIL') return packet;
	if (!ownsStep(agent)) return unverified(packet, 'only a whole step is checked');
	if (!isUnchecked(pen, agent)) return unverified(packet, nothingChanged);
	if (pen.run.settings.verification === 'off') return unverified(packet, 'checks are switched off');
	if (checks.length === 0) return unverified(packet, 'the project names no check');
	write(pen, {type: 'call.held', callId: call.id, agentId: agent.id, packet, checks});
	for (const check of checks) propose(pen, call, check);
	return undefined;
};

const planOf = ({input}: Call): CheckPlan => {
	const field = (key: 'name' | 'command'): string => {
		const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, key) : undefined;
		return typeof value === 'string' ? value : '';
	};
	return {name: field('name'), command: field('command')};
};

const resultOf = (call: Call): CheckResult => ({
	...planOf(call),
	outcome: call.status.kind === 'ended' ? call.status.outcome : 'cancelled',
	output: call.status.kind === 'ended' ? (call.status.output ?? '') : '',
});

/** How much of a check's output is kept with the report: its end. */
const keptOutputMax = 600;

const failureWords = (failed: readonly CheckResult[]): string =>
	[
		'Not done yet: the checks of the project do not pass.',
		...failed.map(({name, command, output}) => material(`check ${name}: ${command}`, output)),
		'Mend what your changes broke, then report again. If it cannot be mended within your assignment, report FAIL and say why.',
	].join('\n\n');

/** When the last check of a report has ended, the report counts, or goes back to the agent once. */
export const settleChecks = (pen: Pen, agentId: AgentId): void => {
	const agent = agentIn(pen.run, agentId);
	const held = agent?.calls.find(call => call.status.kind === 'checking');
	if (agent === undefined || held?.status.kind !== 'checking') return;
	const {packet} = held.status;
	const ran = agent.calls.filter(call => call.tool === checkTool);
	if (ran.some(call => call.status.kind !== 'ended')) return;
	// Of checks that ran again, the last one counts.
	const latest = new Map(ran.map(call => [planOf(call).command, call]));
	const results = [...latest.values()].map(resultOf);
	for (const call of latest.values()) {
		const times = ran.filter(other => planOf(other).command === planOf(call).command).length;
		const says = resultOf(call).outcome !== 'unknown' && call.outdated !== true;
		if (!says && times === 1) propose(pen, held, planOf(call));
	}
	if (agent.calls.length < (agentIn(pen.run, agentId)?.calls.length ?? 0)) return;
	const end = (outcome: 'ok' | 'error' | 'denied', output: string): void =>
		write(pen, {
			type: 'call.finished',
			callId: held.id,
			agentId,
			outcome,
			output,
			touched: [],
			changes: false,
		});
	const failed = results.filter(({outcome}) => outcome === 'error');
	const open = results.filter(({outcome}) => outcome !== 'error' && outcome !== 'ok');
	if (owesReading(agent)) {
		end('denied', 'Not yet: a message has come in. Read it, then report.');
		return;
	}
	if (failed.length > 0 && agent.checkFailures === 0 && !mustReport(pen, agent)) {
		end('error', failureWords(failed));
		return;
	}
	end('ok', 'The step is finished.');
	const names = (list: readonly CheckResult[]): string => list.map(({name}) => name).join(', ');
	const judged: Packet =
		failed.length > 0
			? {...packet, status: 'FAIL', reason: `failed checks: ${names(failed)}`}
			: open.length > 0
				? unverified(
						packet,
						`checks without a result: ${open.map(({name, outcome}) => `${name} (${outcome})`).join(', ')}`,
					)
				: packet.status === 'PENDING_REVIEW'
					? packet
					: [...latest.values()].some(({outdated}) => outdated === true)
						? unverified(packet, 'files were changed by others while the checks ran')
						: {...packet, status: 'VERIFIED', reason: `passed: ${names(results)}`};
	finishAgent(pen, agent, {
		...judged,
		checks: results.map(result => ({...result, output: result.output.slice(-keptOutputMax)})),
	});
};
