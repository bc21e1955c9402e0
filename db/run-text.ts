import type {Agent} from '../source/domain/agent.ts';
import type {ModelFacts} from '../source/domain/model.ts';
import type {Run} from '../source/domain/run.ts';

/** Facts of models, each under a name of its own. */
type Models = {readonly named: Record<string, ModelFacts>; readonly nameOf: (model: ModelFacts) => string};

/** Two with one id may differ, as when its price has changed. */
const createModels = (): Models => {
	const named: Record<string, ModelFacts> = {};
	const names = new Map<string, string>();
	return {
		named,
		nameOf: model => {
			const facts = JSON.stringify(model);
			const known = names.get(facts);
			if (known !== undefined) return known;
			const name = Object.hasOwn(named, model.id) ? `${model.id} ${names.size}` : model.id;
			names.set(facts, name);
			named[name] = model;
			return name;
		},
	};
};

/**
 * A run as text. Its agents name their models: the facts of each would stand there twice for every agent, a third of
 * the text of a large fleet, and whoever opens a window on it waits until it is read.
 */
export const runText = (run: Run): string => {
	const {named, nameOf} = createModels();
	const agents = run.agents.map((agent: Agent) => ({
		...agent,
		model: nameOf(agent.model),
		turn: agent.turn && {...agent.turn, model: nameOf(agent.turn.model)},
	}));
	return JSON.stringify({models: named, run: {...run, agents}});
};

type Naming = {model: string | ModelFacts | undefined};

/** The run of such a text; throws when it is none. */
export const readRunText = (text: string): Run => {
	const read = JSON.parse(text);
	const models: Readonly<Record<string, ModelFacts>> = read.models;
	const agents: readonly (Naming & {readonly turn?: Naming})[] = read.run.agents;
	const fill = (naming: Naming): void => {
		if (typeof naming.model === 'string') naming.model = models[naming.model];
	};
	// In place: a thousand agents need not be made twice.
	for (const agent of agents) {
		fill(agent);
		if (agent.turn !== undefined) fill(agent.turn);
	}
	return read.run;
};
