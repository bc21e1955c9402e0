import type {ParsedRequest} from './parsed-request.ts';
import type {Fault, Pace} from './reply.ts';
import type {Script} from './server.ts';

export type Rule = {readonly when: (request: ParsedRequest) => boolean; readonly reply: Script};

/** Whether the system prompt speaks of this, as in "You are the scout", in any case. */
export const systemSays =
	(words: string) =>
	(request: ParsedRequest): boolean =>
		request.system.toLowerCase().includes(words.toLowerCase());

/** The first rule that fits answers; a request that none fits is a mistake of the test. */
export const firstOf =
	(rules: readonly Rule[]): Script =>
	(request, n) => {
		const rule = rules.find(({when}) => when(request));
		if (rule === undefined) throw new Error(`no rule of the script fits request ${n}`);
		return rule.reply(request, n);
	};

/** Gives the requests of these numbers (from 1) a fault; the others pass. */
export const withFaults =
	(script: Script, faults: Readonly<Record<number, Fault>>): Script =>
	async (request, n) => {
		const reply = await script(request, n);
		const fault = faults[n];
		return fault === undefined ? reply : {...reply, fault};
	};

export const withPace =
	(script: Script, pace: Pace): Script =>
	async (request, n) => ({...(await script(request, n)), pace});
