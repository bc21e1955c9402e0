import {type Act, gapsOf, lookFurther, report, withFallbacks} from './act.ts';
import {distinct, findingOf, oneLine} from './figure.ts';
import {figuresOf, together} from './look.ts';
import {playsRole} from './played-roles.ts';
import {answersOf, type Story} from './read-story.ts';
import {subjects} from './subjects.ts';
import {wishTopic} from './wish.ts';

/** Scouts and analysts: each looks at its subject; whose assignment names none looks at the whole folder. */
export const survey = (story: Story): Act => {
	const own = subjects.filter(subject => story.objective.startsWith(subject.objective));
	const byRole = subjects.filter(({role}) => role === (story.role === 'scout' ? 'scout' : 'analyst'));
	const chosen = own.length > 0 ? own : byRole;
	const answer = answersOf(story);
	const topic = together(wishTopic(story), ...chosen.map(subject => subject.topic));
	const looks = withFallbacks(topic(answer), story);
	const further = lookFurther(looks, story);
	if (further !== undefined) return further;
	const figures = distinct(figuresOf(looks, answer));
	const gaps = gapsOf(looks, story);
	const what = chosen.map(({title}) => `“${title}”`).join(', ');
	// To look around is not what this role was wanted for.
	const isDone = own.length > 0 || playsRole(story.role);
	const instead = `I am the offline model, which only looks and counts: the work of a ${story.role} is not done. Instead, `;
	const first = figures.slice(0, 4).map(({label, value}) => `${label}: ${oneLine(value, 80)}`);
	return report(
		{
			status: isDone ? (gaps.length === 0 ? 'VERIFIED' : 'UNVERIFIED') : 'FAIL',
			summary:
				`${isDone ? '' : instead}${what}: ${figures.length} figures, each from a tool result. ${first.join('; ')}`.trim(),
			findings: figures.map(findingOf),
			produced: [],
			risks: gaps,
		},
		story,
	);
};
