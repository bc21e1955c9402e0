import type {Agent} from '../domain/agent.ts';
import {amountWords} from '../domain/amount-words.ts';
import type {Command} from '../domain/command.ts';
import {stepsOf} from '../domain/plan.ts';
import type {Answer, Reach, Request} from '../domain/request.ts';
import {reaches} from '../domain/request.ts';
import {openRequests, type Run, runWord} from '../domain/run.ts';
import type {Step} from '../domain/step.ts';
import {workRoles} from '../domain/work-roles.ts';
import {replyTo, takesYes, yesTo} from './answer-words.ts';
import {findAgent, findRequest, findStep} from './find-subject.ts';
import type {Flags} from './flags.ts';
import {Problem} from './problem.ts';
import {askInOneLine} from './request-words.ts';
import type {ActingVerb} from './verb-table.ts';

/** What is to be done to one subject. */
export type Deed = {
	/** Undefined when there is nothing to say to the run: it is only to be carried. */
	readonly command: Command | undefined;
	/** The id of what it is done to: a run, an agent, a step or a request. */
	readonly subject: string;
	/** What was done, once it is. */
	readonly words: string;
};

/** What a person typed after the verb, about one run. */
export type Order = {
	readonly verb: ActingVerb;
	/** Without what names the run itself. */
	readonly words: readonly string[];
	readonly flags: Pick<Flags, 'all' | 'reach' | 'reason' | 'role'>;
};

const killed = 'killed by the person';
const stopped = 'stopped by the person';

const isRequest = (word: string): boolean => /^request_|^\d+$/.test(word);
/** Steps are meant by their ids and by their keys, where no agent has that name. */
const isStep = ({plan, agents}: Run, word: string): boolean =>
	word.startsWith('step_') || (!agents.some(({name}) => name === word) && stepsOf(plan).some(({key}) => key === word));

const reachOf = (word: string | undefined): Reach | undefined => reaches.find(reach => reach === word);

const answering = ({id: runId}: Run, {id, ask}: Request, answer: Answer, what: string): Deed => ({
	command: {type: 'request.answer', runId, requestId: id, answer},
	subject: id,
	words: `${what} ${id}: ${askInOneLine(ask)}`,
});

const saying = ({id: runId}: Run, {id, name}: Agent, text: string): Deed => ({
	command: {type: 'agent.message', runId, agentId: id, text},
	subject: id,
	words: `Sent to ${name}, which reads it with its next turn.`,
});

const toAgent = (
	{id: runId}: Run,
	{id, name}: Agent,
	type: 'agent.interrupt' | 'agent.pause' | 'agent.continue',
	what: string,
): Deed => ({command: {type, runId, agentId: id}, subject: id, words: `${what} ${name}.`});

const toStep = (
	{id: runId}: Run,
	{id, key}: Step,
	type: 'step.approve' | 'step.hold' | 'step.retry',
	what: string,
): Deed => ({command: {type, runId, stepId: id}, subject: id, words: `${what} the step ${key}.`});

const approve = (run: Run, word: string, reach: Reach | undefined): Deed => {
	if (word === 'plan') {
		const command = {type: 'plan.approve', runId: run.id} as const;
		return {command, subject: run.id, words: `Approved the plan of ${run.id}.`};
	}
	if (!isRequest(word)) return toStep(run, findStep(run, word), 'step.approve', 'Approved');
	const request = findRequest(run, word);
	const {ask} = request;
	const answer = yesTo(request, reach);
	const deed = answering(run, request, answer, 'Approved');
	return answer.kind === 'raise' && ask.kind === 'budget'
		? {
				...deed,
				words: `The limit is ${amountWords(ask.what, answer.limit)} now. ${request.id} was: ${askInOneLine(ask)}`,
			}
		: deed;
};

const deny = (run: Run, word: string, reason: string): Deed => {
	if (isRequest(word)) return answering(run, findRequest(run, word), {kind: 'deny', reason}, 'Denied');
	const {id, key} = findStep(run, word);
	return {
		command: {type: 'step.reject', runId: run.id, stepId: id, reason},
		subject: id,
		words: `Rejected the step ${key}.`,
	};
};

const reply = (run: Run, word: string, text: string): Deed => {
	if (!isRequest(word)) return saying(run, findAgent(run, word), text);
	const request = findRequest(run, word);
	return answering(run, request, replyTo(request, text), 'Answered');
};

const create = (run: Run, objective: string, role: string | undefined): Deed => {
	const roles = workRoles(Object.keys(run.settings.roles));
	if (role === undefined || !roles.includes(role))
		throw new Problem(
			`${role === undefined ? 'Say what the agent is to be' : `There is no role "${role}"`}: --role is one of ${roles.join(', ')}.`,
		);
	return {
		command: {type: 'agent.create', runId: run.id, role, objective, tier: undefined},
		subject: run.id,
		words: `Created a ${role} in ${run.id}.`,
	};
};

const pause = (run: Run, word: string | undefined): Deed => {
	if (word === undefined)
		return {command: {type: 'run.pause', runId: run.id}, subject: run.id, words: `Paused ${run.id}.`};
	if (isStep(run, word)) return toStep(run, findStep(run, word), 'step.hold', 'Holds');
	return toAgent(run, findAgent(run, word), 'agent.pause', 'Paused');
};

const goOn = (run: Run, word: string | undefined): Deed => {
	if (word !== undefined && isStep(run, word)) return toStep(run, findStep(run, word), 'step.approve', 'Approved');
	if (word !== undefined) return toAgent(run, findAgent(run, word), 'agent.continue', 'Continued');
	// Of one that was only left off there is nothing to say: whoever carries it lets it go on.
	const rests = run.status.kind === 'paused' || run.status.kind === 'ended';
	const command = rests ? ({type: 'run.resume', runId: run.id} as const) : undefined;
	const asks = command === undefined && openRequests(run).length > 0;
	return {
		command,
		subject: run.id,
		words: `${run.id} goes on${asks ? `, and waits for your answer: flotilla inbox --run ${run.id}` : '.'}`,
	};
};

/**
 * What one key for both does to a run: one that is paused goes on, also where it waits in its pause for an answer that
 * came too late, and so does one that nobody carries, unless it would only wait for a person.
 */
export const pauseOrContinue = (run: Run, isCarried: boolean): 'pause' | 'continue' => {
	if (run.status.kind === 'ended') return 'pause';
	if (run.status.kind === 'paused') return 'continue';
	return (run.suspended || !isCarried) && runWord(run) !== 'waiting' ? 'continue' : 'pause';
};

const kill = (run: Run, word: string, reason: string): Deed => {
	const {id, name} = findAgent(run, word);
	return {
		command: {type: 'agent.kill', runId: run.id, agentId: id, reason},
		subject: id,
		words: `Killed ${name}.`,
	};
};

const skip = (run: Run, word: string, reason: string): Deed => {
	const {id, key} = findStep(run, word);
	return {
		command: {type: 'step.skip', runId: run.id, stepId: id, reason},
		subject: id,
		words: `Skipped the step ${key}.`,
	};
};

/** The open requests of a run that a bare yes answers, and those that want more than that. */
export const openOnes = (run: Run): {readonly plain: readonly Request[]; readonly left: readonly Request[]} => {
	const open = openRequests(run);
	return {plain: open.filter(({ask}) => takesYes(ask)), left: open.filter(({ask}) => !takesYes(ask))};
};

/** The word that a verb cannot do without. Throws a Problem. */
const needed = (verb: ActingVerb, word: string | undefined, what: string): string => {
	if (word !== undefined && word.trim() !== '') return word;
	throw new Problem(`flotilla ${verb} needs ${what}.`);
};

/** What an order comes to, one deed for each subject. Throws a Problem when a subject is unknown or a word is missing. */
export const deedsOf = (run: Run, {verb, words, flags}: Order): readonly Deed[] => {
	const [word, ...more] = words;
	const reason = flags.reason ?? '';
	switch (verb) {
		case 'approve':
		case 'deny': {
			const reach = reachOf(flags.reach);
			if (verb === 'approve' && flags.all === true) {
				if (word !== undefined) throw new Problem(`--all is every open request; leave out "${word}", or --all.`);
				if (reach !== undefined && reach !== 'once')
					throw new Problem(`--reach ${reach} goes with one request: flotilla approve <request> --reach ${reach}.`);
				return openOnes(run).plain.map(request => answering(run, request, yesTo(request, undefined), 'Approved'));
			}
			needed(verb, word, `a request or a step, such as request_3${verb === 'approve' ? ', or --all' : ''}`);
			return words.map(one => (verb === 'approve' ? approve(run, one, reach) : deny(run, one, reason)));
		}
		case 'reply':
		case 'send': {
			const to = needed(verb, word, verb === 'send' ? 'an agent' : 'a request or an agent');
			const text = needed(verb, more.join(' '), 'a text');
			return [verb === 'send' ? saying(run, findAgent(run, to), text) : reply(run, to, text)];
		}
		case 'create':
			return [create(run, needed(verb, words.join(' '), 'a task'), flags.role)];
		case 'interrupt':
			return [toAgent(run, findAgent(run, needed(verb, word, 'an agent')), 'agent.interrupt', 'Interrupted')];
		case 'pause':
			return [pause(run, word)];
		case 'continue':
			return [goOn(run, word)];
		case 'kill':
			return [kill(run, needed(verb, word, 'an agent'), flags.reason ?? killed)];
		case 'retry':
			return [toStep(run, findStep(run, needed(verb, word, 'a step')), 'step.retry', 'Tries again')];
		case 'skip':
			return [skip(run, needed(verb, word, 'a step'), reason)];
		case 'stop':
			return [
				{
					command: {type: 'run.stop', runId: run.id, reason: flags.reason ?? stopped},
					subject: run.id,
					words: `Stopped ${run.id}.`,
				},
			];
		default:
			return verb satisfies never;
	}
};
