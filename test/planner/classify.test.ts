import {describe, expect, it} from 'vitest';
import {classify} from '../../source/planner/classify.ts';

describe('the kind of work a goal asks for', () => {
	it.each([
		['Survey this project', 'research'],
		['Research what the competitors charge', 'research'],
		['Develop a chess program', 'development'],
		['Draft a blog post about harbours', 'writing'],
		['Evaluate our error rates', 'analysis'],
		['Design the architecture of the import', 'design'],
		['Research sleep for my podcast', 'podcast'],
		['Create a dashboard with charts of our sales', 'data_project'],
		['Add a feature to export invoices', 'feature_implementation'],
		['Implement and test the parser', 'feature_implementation'],
		['Write tests for the parser', 'feature_implementation'],
		['Fix the crash when the file is empty', 'bug_fix'],
		['Investigate why the build fails', 'bug_fix'],
		['Review the code in source/db', 'code_review'],
		['Review this pull request for security', 'code_review'],
		['Write documentation for the API', 'documentation'],
		['Create a README', 'documentation'],
	])('%s → %s', (goal, taskType) => {
		expect(classify(goal).taskType).toBe(taskType);
	});

	it('is mixed when the words point to several kinds equally', () => {
		expect(classify('Build a Python script to analyze sales data')).toEqual({
			taskType: 'mixed',
			why: 'the goal is equally development, writing, analysis',
		});
	});

	it('is mixed when no word points anywhere', () => {
		expect(classify('Make it nice').taskType).toBe('mixed');
	});

	it('is not told by parts of words', () => {
		expect(classify('Prefixes and findings of the rebuilt planet').taskType).toBe('mixed');
	});

	it('comes with the words that decided', () => {
		expect(classify('Fix the crash').why).toBe('the goal says "Fix", "crash"');
	});
});
