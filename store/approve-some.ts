import {risks} from '../source/domain/risk.ts';
import type {Run} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import {always, closing, noLivePlan, type Outcome, open, type Rule, ui, type View} from './action.ts';
import type {ApproveOverlay} from './overlay.ts';
import {risksOfStep} from './step-outlook.ts';
import {emptyText} from './text-buffer.ts';
import {stepsToApprove} from './to-approve.ts';
import {topOverlay} from './ui.ts';
import {decisionOn} from './undo.ts';

type Candidate = {readonly step: Step; readonly chosen: boolean};

/** The steps that pass the filter; `chosen` are those that a yes would approve. */
export const candidatesOf = (
	run: Run,
	{role, risk, text, without}: Pick<ApproveOverlay, 'role' | 'risk' | 'text' | 'without'>,
): readonly Candidate[] => {
	const wanted = text.text.trim().toLowerCase();
	const most = risk === undefined ? risks.length : risks.indexOf(risk);
	return stepsToApprove(run).flatMap(step => {
		const words = [step.key, step.title, step.objective, ...step.files].join(' ').toLowerCase();
		const passes =
			(role === undefined || step.role === role) &&
			risksOfStep(run, step).every(one => risks.indexOf(one) <= most) &&
			words.includes(wanted);
		return passes ? [{step, chosen: !without.includes(step.id)}] : [];
	});
};

/** The one that the keys are on: the one they were put on while it passes the filter, else the first. */
export const candidateAt = (candidates: readonly Candidate[], {on}: Pick<ApproveOverlay, 'on'>): number =>
	Math.max(
		0,
		candidates.findIndex(({step}) => step.id === on),
	);

const withApproval = (view: View, act: (run: Run, overlay: ApproveOverlay) => Outcome): Outcome => {
	const overlay = topOverlay(view.ui);
	return view.run === undefined || overlay?.kind !== 'approve' ? ui() : act(view.run, overlay);
};

const change = (overlay: ApproveOverlay): Outcome =>
	ui({type: 'overlay.replace', overlay: {...overlay, problem: undefined}});

const byRole = (step: 1 | -1): Rule => ({
	disabled: always,
	act: view =>
		withApproval(view, (run, overlay) => {
			const ring = [undefined, ...new Set(stepsToApprove(run).map(({role}) => role))];
			return change({...overlay, role: ring[(ring.indexOf(overlay.role) + step + ring.length) % ring.length]});
		}),
});

const byRisk = (step: 1 | -1): Rule => ({
	disabled: always,
	act: view =>
		withApproval(view, (run, overlay) => {
			// Only what makes a difference here is offered.
			const present = risks.filter(risk => stepsToApprove(run).some(one => risksOfStep(run, one).includes(risk)));
			const scale = [...present.slice(0, -1), undefined];
			const at = scale.indexOf(overlay.risk);
			const next = (at === -1 ? scale.length - 1 : at) + step;
			return change({...overlay, risk: scale[Math.max(0, Math.min(scale.length - 1, next))]});
		}),
});

/** The rule of the key that says yes while the list is on screen. */
export const approveChosen: Rule = {
	disabled: ({run, ui: state}) => {
		const overlay = topOverlay(state);
		if (run === undefined || overlay?.kind !== 'approve') return 'Nothing waits for approval.';
		if (overlay.sending) return 'It is being sent.';
		return candidatesOf(run, overlay).some(({chosen}) => chosen)
			? undefined
			: 'No step is chosen: take one in, or change the filter.';
	},
	act: view =>
		withApproval(view, (run, overlay) => {
			const steps = candidatesOf(run, overlay).flatMap(({step, chosen}) => (chosen ? [step] : []));
			return {
				kind: 'send',
				command: {type: 'plan.approve', runId: run.id, steps: steps.map(({id}) => id)},
				after: now => [
					...closing(now),
					{type: 'undo.keep', undo: decisionOn(run, steps, 'approved', 'Approved steps cannot be taken back.')},
				],
			};
		}),
};

/** Approving some of the steps that wait, chosen by a filter. */
export const approveActions = {
	'plan.approveSome': {
		disabled: view =>
			noLivePlan(view) ?? (stepsToApprove(view.run).length > 0 ? undefined : 'No step waits for approval.'),
		act: () =>
			open({
				kind: 'approve',
				role: undefined,
				risk: undefined,
				text: emptyText,
				typing: false,
				without: [],
				on: undefined,
				sending: false,
				problem: undefined,
			}),
	},
	'approve.role': byRole(1),
	'approve.roleBack': byRole(-1),
	'approve.less': byRisk(-1),
	'approve.more': byRisk(1),
	'approve.text': {
		disabled: always,
		act: view => withApproval(view, (_, overlay) => change({...overlay, typing: true})),
	},
	'approve.keep': {
		disabled: always,
		act: view => withApproval(view, (_, overlay) => change({...overlay, typing: false})),
	},
	'approve.toggle': {
		disabled: always,
		act: view =>
			withApproval(view, (run, overlay) => {
				const candidates = candidatesOf(run, overlay);
				const at = candidates[candidateAt(candidates, overlay)];
				if (at === undefined) return ui();
				const {id} = at.step;
				const without = at.chosen ? [...overlay.without, id] : overlay.without.filter(other => other !== id);
				return change({...overlay, without, on: id});
			}),
	},
} as const satisfies Readonly<Record<string, Rule>>;
