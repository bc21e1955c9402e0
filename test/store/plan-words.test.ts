import {expect, test} from 'vitest';
import {planWords} from '../../store/plan-words.ts';

const step = (key: string): string => JSON.stringify({key, title: 'Look', objective: 'Write {"key": 1} down.'});
const planOf = (...keys: readonly string[]): string => `{"taskType":"custom","steps":[${keys.map(step).join(',')}]}`;

test.each([
	[planOf(), true, 'writing the plan: 0 steps so far'],
	['{\n "taskType": "research",\n "steps": [\n  {\n   "key": "a"', true, 'writing the plan: 1 step so far'],
	[planOf('a', 'b', 'c').slice(0, -20), true, 'writing the plan: 3 steps so far'],
	['{"task', true, 'writing the plan: 0 steps so far'],
	[`\`\`\`json\n{"steps": [${step('a')}`, true, 'writing the plan: 1 step so far'],
	[planOf('a', 'b'), false, 'wrote a plan: 2 steps'],
] as const)('%s is told as a plan', (text, arriving, words) => {
	expect(planWords(text, arriving)).toBe(words);
});

test.each(['', '{', '{"key": 1}', 'I make a plan: {"taskType":"custom"}', '```ts\nconst a = 1;'])(
	'%s is no plan',
	text => {
		expect(planWords(text, true)).toBeUndefined();
	},
);

test('a plan with words for a person behind it is shown whole, and so is what only begins like one', () => {
	expect(planWords(`\`\`\`json\n${planOf('a')}\n\`\`\`\n`, false)).toBe('wrote a plan: 1 step');
	expect(planWords(`\`\`\`json\n${planOf('a')}\n\`\`\`\nPaste this into your own plan.`, false)).toBeUndefined();
	const workflow = `{"steps":[${'{"name":"build","run":"npm test"},'.repeat(20)}{}]}`;
	expect(planWords(workflow, false)).toBeUndefined();
	expect(planWords(workflow, true)).toBeUndefined();
});
