import type {Timeline} from './timeline.ts';

/** Where to in the past. */
export type Journey =
	| {readonly by: number}
	| {readonly to: 'first' | 'last'}
	/** An event by its number. */
	| {readonly seq: number}
	/** The next or the previous change of a step or of the plan. */
	| {readonly step: 1 | -1}
	/** As a person typed it: the number of an event, or a time of day. */
	| {readonly text: string};

type Arrival = {readonly n: number} | {readonly problem: string};

/** ms since 1970 of a time of day, so many days after that of another moment; undefined when it is none. */
const readTime = (text: string, moment: number, days: number): number | undefined => {
	const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? [];
	const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
	if (!(h < 24 && m < 60 && s < 60)) return undefined;
	// A day has 23 or 25 hours when summer time begins or ends.
	const date = new Date(moment);
	date.setDate(date.getDate() + days);
	return date.setHours(h, m, s, 0);
};

const byText = (timeline: Timeline, n: number, text: string): Arrival => {
	const wanted = text.trim();
	const last = timeline.count();
	const number = /^#?(\d+)$/.exec(wanted)?.[1];
	if (number !== undefined) {
		const seq = Number(number);
		if (seq < timeline.seqOf(1)) return {problem: `The first event of this run is #${timeline.seqOf(1)}.`};
		if (seq > timeline.seqOf(last)) return {problem: `The newest event of this run is #${timeline.seqOf(last)}.`};
		return {n: timeline.upToSeq(seq)};
	}
	const times = [0, -1, 1].flatMap(days => readTime(wanted, timeline.timeOf(n), days) ?? []);
	if (times.length === 0)
		return {problem: `"${wanted}" is neither the number of an event, such as 1204, nor a time, such as 14:03:20.`};
	// Who says 14:03 means all that happened in that minute; of a run over midnight also the day before or after.
	const restMs = wanted.split(':').length === 2 ? 59_999 : 999;
	const within = times
		.map(time => time + restMs)
		.find(at => at >= timeline.timeOf(1) && at < timeline.timeOf(last) + 60_000);
	return within === undefined ? {problem: `At ${wanted} this run was not going on.`} : {n: timeline.upToTime(within)};
};

/** The event at which a journey from the n-th ends. It never leaves the run. */
export const arrivalOf = (timeline: Timeline, n: number, journey: Journey): Arrival => {
	const last = timeline.count();
	if ('text' in journey) return byText(timeline, n, journey.text);
	if ('seq' in journey) return {n: Math.max(1, timeline.upToSeq(journey.seq))};
	if ('to' in journey) return {n: journey.to === 'first' ? 1 : last};
	if ('step' in journey) {
		const found = timeline.stepChange(n, journey.step);
		if (found !== undefined) return {n: found};
		return {problem: `No step changes ${journey.step === 1 ? 'after' : 'before'} this.`};
	}
	const to = Math.max(1, Math.min(last, n + journey.by));
	if (to !== n) return {n: to};
	return {problem: journey.by < 0 ? 'This is the first event.' : 'This is the newest event.'};
};
