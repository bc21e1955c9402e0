import {hasBegun} from '../source/domain/change-plan.ts';
import type {Command} from '../source/domain/command.ts';
import type {StepId} from '../source/domain/id.ts';
import {placeBeside} from '../source/domain/move-step.ts';
import {stepsOf} from '../source/domain/plan.ts';
import type {Way} from '../source/domain/plan-tree.ts';
import {type Run, stepOf} from '../source/domain/run.ts';
import {joinProblem} from '../source/domain/split-step.ts';
import {isPending, type Step, type StepFields, type StepStatus} from '../source/domain/step.ts';
import {changedFields, stepFieldWords} from './step-field-words.ts';
import {stepsToApprove} from './to-approve.ts';

export type Patch = {-readonly [K in keyof StepFields]?: StepFields[K]};

type Decided = Extract<StepStatus, {kind: 'proposed' | 'held' | 'approved' | 'rejected' | 'skipped'}>;

/** A change of the plan that was made in this window, with what it takes to make it undone. `key` is the step's. */
export type Undo =
	| {readonly kind: 'edit'; readonly stepId: StepId; readonly key: string; readonly was: Patch; readonly became: Patch}
	| {
			readonly kind: 'decision';
			readonly steps: readonly {readonly stepId: StepId; readonly key: string; readonly was: Decided}[];
			readonly became: StepStatus['kind'];
	  }
	| {readonly kind: 'add'; readonly key: string}
	| {
			readonly kind: 'remove';
			readonly step: Step;
			/** Those that needed it, with all that they needed. */
			readonly neededBy: readonly Pick<Step, 'id' | 'key' | 'dependsOn'>[];
	  }
	| {readonly kind: 'move'; readonly stepId: StepId; readonly key: string; readonly way: Way}
	| {readonly kind: 'split'; readonly stepId: StepId; readonly key: string}
	/** It cannot be undone; kept so that nothing older is undone in its stead. */
	| {readonly kind: 'final'; readonly words: string};

/** The commands that make a change undone, one after another, each for the run as it is by then. */
export type Undoing =
	| {readonly commands: readonly ((run: Run) => Command | undefined)[]; readonly words: string}
	| {readonly problem: string};

/** What a step has now of the fields that a patch changes. */
export const fieldsBefore = (step: StepFields, patch: Patch): Patch => {
	const was: Patch = {};
	const keep = <K extends keyof StepFields>(name: K, value: Patch[K]): void => {
		was[name] = value;
	};
	for (const name of changedFields(patch)) keep(name, name === 'tools' ? (step.tools ?? []) : step[name]);
	return was;
};

const isDecided = (status: StepStatus): status is Decided =>
	status.kind !== 'working' && status.kind !== 'done' && status.kind !== 'failed' && status.kind !== 'split';

/** What was decided of some steps; final when one of them had begun before. */
export const decisionOn = (run: Run, steps: readonly Step[], became: StepStatus['kind'], words: string): Undo => {
	const decided = steps.flatMap(({id, key, status}) => (isDecided(status) ? [{stepId: id, key, was: status}] : []));
	return decided.length < steps.length || steps.some(step => hasBegun(run, step))
		? {kind: 'final', words}
		: {kind: 'decision', steps: decided, became};
};

/** A yes to all that waits, as it waits now, or to some of it. */
export const approvalOf = (run: Run, steps = stepsToApprove(run)): Undo =>
	decisionOn(run, steps, 'approved', 'What was approved had begun: it cannot be taken back.');

export const removalOf = (run: Run, step: Step): Undo => ({
	kind: 'remove',
	step,
	neededBy: stepsOf(run.plan).filter(({dependsOn}) => dependsOn.includes(step.id)),
});

/** A step that was removed and came back has another id, and the same key. */
const stepNow = (run: Run, stepId: StepId, key: string): Step | undefined =>
	stepOf(run, stepId) ?? stepsOf(run.plan).find(step => step.key === key);

const kept = 'What its agent did is kept; it cannot be taken back.';

const back = (runId: Run['id'], stepId: StepId, was: Decided, became: StepStatus['kind']): readonly Command[] => {
	const propose: Command = {type: 'step.propose', runId, stepId};
	switch (was.kind) {
		case 'proposed':
			return [propose];
		case 'approved':
			return [...(became === 'skipped' ? [propose] : []), {type: 'step.approve', runId, stepId}];
		case 'held':
			return [...(became === 'approved' ? [] : [propose]), {type: 'step.hold', runId, stepId}];
		case 'rejected':
			return [{type: 'step.reject', runId, stepId, reason: was.reason}];
		case 'skipped':
			return [{type: 'step.skip', runId, stepId, reason: was.reason}];
		default:
			return was satisfies never;
	}
};

const undoEdit = (run: Run, {stepId, key, was, became}: Extract<Undo, {kind: 'edit'}>): Undoing => {
	const step = stepNow(run, stepId, key);
	if (step === undefined) return {problem: `${key} is no longer in the plan.`};
	if (step.status.kind === 'working' || step.status.kind === 'done')
		return {problem: `${key} has begun with what was changed (${step.status.kind}). ${kept}`};
	if (JSON.stringify(fieldsBefore(step, became)) !== JSON.stringify(fieldsBefore({...step, ...became}, became)))
		return {problem: `${key} was changed again since, and not here.`};
	return {
		commands: [() => ({type: 'step.edit', runId: run.id, stepId: step.id, patch: was})],
		words: `Taken back: the change of ${key} (${stepFieldWords(was)}).`,
	};
};

const undoDecision = (run: Run, {steps, became}: Extract<Undo, {kind: 'decision'}>): Undoing => {
	const commands: (() => Command)[] = [];
	for (const {stepId, key, was} of steps) {
		const step = stepNow(run, stepId, key);
		if (step === undefined) return {problem: `${key} is no longer in the plan.`};
		if (hasBegun(run, step)) return {problem: `${key} has begun (${step.status.kind}). ${kept}`};
		if (step.status.kind !== became) return {problem: `${key} was decided anew since: it is ${step.status.kind}.`};
		commands.push(...back(run.id, step.id, was, became).map(command => () => command));
	}
	const [first] = steps;
	const what = steps.length === 1 ? `${first?.key} is ${first?.was.kind} again` : `${steps.length} steps are as before`;
	return {commands, words: `Taken back: ${what}.`};
};

const undoRemove = (run: Run, {step, neededBy}: Extract<Undo, {kind: 'remove'}>): Undoing => {
	const {id, status: _, estimate: __, ...fields} = step;
	const waiting: {readonly id: StepId; readonly dependsOn: Step['dependsOn']}[] = [];
	for (const {id: otherId, key, dependsOn: needs} of neededBy) {
		const other = stepNow(run, otherId, key);
		if (other === undefined || !isPending(other))
			return {problem: `${key}, which needed ${step.key}, went on without it.`};
		waiting.push({id: other.id, dependsOn: needs});
	}
	const again = (now: Run): Step | undefined => stepsOf(now.plan).find(({key}) => key === step.key);
	const dependsOn = step.dependsOn.filter(need => stepOf(run, need) !== undefined);
	return {
		commands: [
			({id: runId}) => ({type: 'step.add', runId, step: {...fields, dependsOn}, neededBy: waiting.map(one => one.id)}),
			// It has a new id, and those that needed it were given what it needed.
			...waiting.map(({id: stepId, dependsOn: needs}) => (now: Run): Command | undefined => {
				const added = again(now);
				if (added === undefined) return undefined;
				const patch = {dependsOn: needs.map(need => (need === id ? added.id : need))};
				return {type: 'step.edit', runId: now.id, stepId, patch};
			}),
			...(isDecided(step.status) && step.status.kind !== 'proposed'
				? [
						(now: Run): Command | undefined => {
							const added = again(now);
							if (added === undefined || !isDecided(step.status)) return undefined;
							return back(now.id, added.id, step.status, 'approved').at(-1);
						},
					]
				: []),
		],
		words: `Taken back: ${step.key} is in the plan again.`,
	};
};

const undoMove = (run: Run, {stepId, key, way}: Extract<Undo, {kind: 'move'}>): Undoing => {
	const step = stepNow(run, stepId, key);
	if (step === undefined) return {problem: `${key} is no longer in the plan.`};
	const back = way === 'up' ? 'down' : 'up';
	const place = placeBeside(run.plan, step, back);
	if ('problem' in place) return place;
	const past = stepOf(run, place.past)?.key ?? place.past;
	return {
		commands: [() => ({type: 'step.move', runId: run.id, stepId: step.id, way: back})],
		words: `Taken back: ${key} stands ${back === 'up' ? 'above' : 'below'} ${past} again.`,
	};
};

const undoSplit = (run: Run, {stepId, key}: Extract<Undo, {kind: 'split'}>): Undoing => {
	const step = stepNow(run, stepId, key);
	if (step === undefined) return {problem: `${key} is no longer in the plan.`};
	const problem = joinProblem(run, step);
	if (problem !== undefined) return {problem};
	return {
		commands: [() => ({type: 'step.join', runId: run.id, stepId: step.id})],
		words: `Taken back: ${key} is one step again.`,
	};
};

/** How a change is undone now, or why it cannot be. */
export const undoingOf = (run: Run, undo: Undo): Undoing => {
	switch (undo.kind) {
		case 'edit':
			return undoEdit(run, undo);
		case 'decision':
			return undoDecision(run, undo);
		case 'add': {
			const step = stepsOf(run.plan).find(({key}) => key === undo.key);
			if (step === undefined) return {problem: `${undo.key} is no longer in the plan.`};
			if (hasBegun(run, step)) return {problem: `${undo.key} has begun (${step.status.kind}). ${kept}`};
			return {
				commands: [() => ({type: 'step.remove', runId: run.id, stepId: step.id})],
				words: `Taken back: ${undo.key} is out of the plan again.`,
			};
		}
		case 'remove':
			return undoRemove(run, undo);
		case 'move':
			return undoMove(run, undo);
		case 'split':
			return undoSplit(run, undo);
		case 'final':
			return {problem: undo.words};
		default:
			return undo satisfies never;
	}
};
