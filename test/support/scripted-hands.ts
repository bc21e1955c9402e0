import type {Report} from '../../source/domain/report.ts';
import {noUsage} from '../../source/domain/usage.ts';
import type {Bench, Hands, Work} from '../../source/engine/hands.ts';

export type Rule = (work: Work, bench: Bench) => Report | Promise<Report> | undefined;

/** The report of an agent that finishes its step at once. */
export const finishing: Rule = work => {
	switch (work.type) {
		case 'turn.ask':
			return {
				type: 'turn.replied',
				agentId: work.agentId,
				turnId: work.turnId,
				reply: {
					kind: 'done',
					content: [{type: 'tool_use', useId: `use-${work.turnId}`, name: 'finish_step', input: {}}],
					stopReason: 'tool_use',
					usage: {...noUsage, input: 100, output: 10},
				},
			};
		case 'call.weigh':
			return {
				type: 'call.weighed',
				agentId: work.agentId,
				callId: work.callId,
				effect: 'control',
				verdict: {kind: 'allow', rule: 'control'},
				preview: {title: 'finish_step', body: '', format: 'text'},
				control: {
					kind: 'finish',
					packet: {status: 'VERIFIED', summary: 'done', findings: [], produced: [], risks: []},
				},
			};
		default:
			return undefined;
	}
};

/** Hands that answer by the first rule that knows the work. Work that no rule knows is a mistake of the test. */
export const scriptedHands = (...rules: readonly Rule[]): Hands => ({
	perform: async (work, bench) => {
		for (const rule of rules) {
			const report = await rule(work, bench);
			if (report !== undefined) return report;
		}
		throw new Error(`The test has no rule for ${work.type}.`);
	},
});
