import type {StepId} from '../../source/domain/id.ts';
import type {Seen, SeenStep} from './seen.ts';

/** Places as numbers, compared from the left; what is a beginning of another comes before it. */
const compare = (a: readonly number[], b: readonly number[]): number => {
	const at = a.findIndex((place, i) => place !== b[i]);
	return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
};

/** The steps in the order in which a person sees them: under the last step they need, else as they were put. */
export const seenRows = ({steps, order}: Seen): readonly SeenStep[] => {
	const places = new Map<StepId, number>();
	const mayCome = (id: StepId): boolean =>
		!places.has(id) && (steps.get(id)?.dependsOn ?? []).every(need => places.has(need) || !steps.has(need));
	for (let next = order.find(mayCome); next !== undefined; next = order.find(mayCome)) places.set(next, places.size);
	const pathTo = (id: StepId): readonly number[] => {
		const last = (steps.get(id)?.dependsOn ?? [])
			.filter(need => places.has(need))
			.reduce<StepId | undefined>(
				(one, need) => (one === undefined || (places.get(need) ?? 0) > (places.get(one) ?? 0) ? need : one),
				undefined,
			);
		return [...(last === undefined ? [] : pathTo(last)), places.get(id) ?? 0];
	};
	return order
		.map(id => ({step: steps.get(id), path: pathTo(id)}))
		.sort((a, b) => compare(a.path, b.path))
		.flatMap(({step}) => step ?? []);
};
