import type {CallOutcome} from './call.ts';
import {guessTokens} from './message.ts';

/** What a finished step hands to the steps that need it. Never a transcript. */
export type Packet = {
	readonly status: 'VERIFIED' | 'UNVERIFIED' | 'FAIL' | 'PENDING_REVIEW';
	readonly summary: string;
	readonly findings: readonly string[];
	/** Files written, by path, so that a dependant can read them itself. */
	readonly produced: readonly string[];
	readonly risks: readonly string[];
	/** What was run to check the work, after the last change. */
	readonly checks?: readonly CheckResult[];
	/** Why the status is not better than it is. */
	readonly reason?: string;
};

/** Why the report of a step that only read is not verified: there is nothing to check. */
export const nothingChanged = 'nothing was changed, so no check ran';

/** What came of one check of a step. */
export type CheckResult = {
	/** What the project calls it, such as `test`. */
	readonly name: string;
	readonly command: string;
	readonly outcome: CallOutcome;
	/** The end of what it printed. */
	readonly output: string;
};

/** The most a packet may weigh, in guessed tokens. */
export const packetTokensMax = 2000;

const weight = (packet: Packet): number =>
	guessTokens(
		[packet.summary, packet.reason ?? '', ...packet.findings, ...packet.produced, ...packet.risks].reduce(
			(n, text) => n + text.length + 4,
			0,
		),
	);

/** However many files were written, the summary keeps at least this many tokens. */
const summaryTokensMin = 200;

/**
 * The packet, cut to its limit: risks go first, then the later findings, then the end of the summary. The paths of
 * what was produced stay as long as they can, for a dependant finds everything else in those files.
 */
export const boundPacket = (packet: Packet): Packet => {
	let bounded = packet;
	while (weight(bounded) > packetTokensMax && bounded.risks.length > 0)
		bounded = {...bounded, risks: bounded.risks.slice(0, -1)};
	while (weight(bounded) > packetTokensMax && bounded.findings.length > 0)
		bounded = {...bounded, findings: bounded.findings.slice(0, -1)};
	if (weight(bounded) <= packetTokensMax) return bounded;
	while (weight({...bounded, summary: ''}) > packetTokensMax - summaryTokensMin && bounded.produced.length > 0)
		bounded = {...bounded, produced: bounded.produced.slice(0, -1)};
	const over = weight(bounded) - packetTokensMax;
	if (over <= 0) return bounded;
	const kept = bounded.summary.length - Math.ceil(over * 3.5) - 2;
	return {...bounded, summary: `${bounded.summary.slice(0, Math.max(0, kept))} …`};
};
