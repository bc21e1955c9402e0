import {tiers} from '../../source/domain/model.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {type Run, stepOf} from '../../source/domain/run.ts';
import {creatableRoles} from '../../store/form-actions.ts';
import {
	type CreateOverlay,
	type EditField,
	type EditOverlay,
	editFields,
	type KillOverlay,
	type RejectOverlay,
} from '../../store/ui.ts';
import {type DialogPart, drawDialog, problemParts} from './dialog.ts';
import type {OverlayPicture, OverlayScene} from './overlay-picture.ts';

const gap: DialogPart = {kind: 'gap'};

export const drawQuit = (scene: OverlayScene, run: Run | undefined, atWork: number): OverlayPicture =>
	drawDialog(scene, 'Leave?', [
		{
			kind: 'text',
			text: `${atWork} ${atWork === 1 ? 'agent has' : 'agents have'} not ended. Leaving stops the run.`,
			tone: 'strong',
		},
		{
			kind: 'text',
			text: `All that was done is kept. Take the run up again with:\nflotilla resume ${run?.id ?? ''}`,
		},
		gap,
		{kind: 'text', text: 'y leave   n stay', tone: 'strong'},
	]);

export const drawKill = (scene: OverlayScene, run: Run | undefined, {agentId}: KillOverlay): OverlayPicture => {
	const agent = run?.agents[agentId];
	const step = run === undefined ? undefined : stepOf(run, agent?.stepId);
	return drawDialog(scene, 'Kill?', [
		{kind: 'text', text: `Kill ${agent?.name ?? agentId}?`, tone: 'strong'},
		{kind: 'text', text: agent?.assignment.title ?? '', tone: 'muted'},
		{
			kind: 'text',
			text: `Its turn and its calls are cut off, and it does not come back. What it wrote is kept.${
				step === undefined ? '' : ` Its step "${step.title}" fails; you can retry it with r.`
			}`,
		},
		gap,
		{kind: 'text', text: 'y kill   n let it live', tone: 'strong'},
	]);
};

export const drawReject = (scene: OverlayScene, run: Run | undefined, overlay: RejectOverlay): OverlayPicture => {
	const step = run === undefined ? undefined : stepOf(run, overlay.stepId);
	return drawDialog(scene, 'Reject a step', [
		{kind: 'text', text: `Reject "${step?.title ?? overlay.stepId}"?`, tone: 'strong'},
		{kind: 'text', text: 'Steps that need it go on without it and are told why.', tone: 'muted'},
		gap,
		{kind: 'field', label: 'Reason', buffer: overlay.reason, rows: 1, active: true},
		...problemParts(overlay.problem),
	]);
};

const labels: Readonly<Record<EditField, string>> = {
	title: 'Title',
	role: 'Role',
	objective: 'Objective',
	dependsOn: 'Needs',
	tier: 'Tier',
	toolBudget: 'Tool calls',
};

/** What may be entered in a field that is not free text. */
const known = (run: Run | undefined, {field, stepId}: EditOverlay): string => {
	switch (field) {
		case 'role':
			return `Roles: ${creatableRoles(run).join(', ')}`;
		case 'tier':
			return `Tiers, cheapest first: ${tiers.join(', ')}`;
		case 'dependsOn':
			return `Steps: ${stepsOf(run?.plan)
				.filter(step => step.id !== stepId)
				.map(step => step.key)
				.join(', ')}`;
		case 'toolBudget':
			return 'The most tool calls the step may make.';
		case 'title':
		case 'objective':
			return '';
		default:
			return field satisfies never;
	}
};

export const drawEdit = (scene: OverlayScene, run: Run | undefined, overlay: EditOverlay): OverlayPicture => {
	const step = run === undefined ? undefined : stepOf(run, overlay.stepId);
	return drawDialog(scene, `Edit ${step?.key ?? overlay.stepId}`, [
		...editFields.map(
			(field): DialogPart => ({
				kind: 'field',
				label: labels[field],
				buffer: overlay.fields[field],
				rows: field === 'objective' ? 4 : 1,
				active: field === overlay.field,
			}),
		),
		gap,
		{kind: 'text', text: known(run, overlay), tone: 'muted'},
		...problemParts(overlay.problem),
	]);
};

export const drawCreate = (scene: OverlayScene, run: Run | undefined, overlay: CreateOverlay): OverlayPicture =>
	drawDialog(scene, 'New agent', [
		{
			kind: 'choice',
			label: 'Role',
			options: creatableRoles(run),
			chosen: overlay.role,
			rows: 6,
			active: overlay.field === 'role',
		},
		gap,
		{kind: 'field', label: 'Task', buffer: overlay.objective, rows: 4, active: overlay.field === 'objective'},
		...problemParts(overlay.problem),
	]);
