import {type Act, gapsOf, lookFurther, report, withFallbacks} from './act.ts';
import {distinct, findingOf, oneLine} from './figure.ts';
import {figuresOf, together} from './look.ts';
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
	const first = figures.slice(0, 4).map(({label, value}) => `${label}: ${oneLine(value, 80)}`);
	return report(
		{
			status: gaps.length === 0 ? 'VERIFIED' : 'UNVERIFIED',
			summary: `${what}: ${figures.length} figures, each from a tool result. ${first.join('; ')}`.trim(),
			findings: figures.map(findingOf),
			produced: [],
			risks: gaps,
		},
		story,
	);
};
