import {expect, test} from 'vitest';
import {tellUnsentGoal} from '../../source/boot/tell-unsent-goal.ts';
import {withValue} from '../../store/form.ts';
import {goalForm} from '../../store/home/goal-form.ts';
import {firstHomeUi, type HomeUi} from '../../store/home/home-ui.ts';
import {textBuffer} from '../../store/text-buffer.ts';
import {emptyDraft} from '../../store/text-history.ts';
import {fakeTerminal} from './fake-terminal.ts';

const form = withValue(goalForm('/work/harbour', ['survey'], ['scout']), 'budget', '2.50');
const line: HomeUi = {...firstHomeUi, goal: {...emptyDraft, buffer: textBuffer('Count gulls\nand terns')}};

test.each<[string, HomeUi, string]>([
	['of the line', line, 'Not begun: Count gulls and terns\n'],
	['of a form that was put aside', {...line, draft: form}, 'Not begun: Goal: Count gulls and terns Budget: 2.50\n'],
	['of a form that is open', {...line, overlay: withValue(form, 'goal', 'Fly')}, 'Not begun: Goal: Fly Budget: 2.50\n'],
	[
		'that was begun before, and only looked at',
		{...line, history: ['Fly'], goal: {...emptyDraft, buffer: textBuffer('Fly'), at: 0}},
		'',
	],
	['that is empty', firstHomeUi, ''],
])('a goal %s is told when nobody has begun it', (_, home, words) => {
	const {terminal, heard} = fakeTerminal(true);
	tellUnsentGoal(terminal, home);
	expect(heard.stderr).toBe(words);
});
