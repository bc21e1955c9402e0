import type {ModelFacts, Tier} from '../domain/model.ts';
import {findModel, modelOfTier} from '../providers/catalog.ts';
import {offlineModel} from '../providers/offline/offline.ts';
import {type ProviderChoice, providerNames} from './choose-provider.ts';
import {Problem} from './problem.ts';
import type {Sources} from './sources.ts';

type NamedModel = {readonly provider: string; readonly id: string};

/** `provider/model`, or a model of the provider that answers for all that name none. */
const readModel = (text: string, usual: string, sources: Sources): NamedModel => {
	const slash = text.indexOf('/');
	if (slash < 0) return {provider: usual, id: text};
	const provider = text.slice(0, slash);
	const id = text.slice(slash + 1);
	const known = providerNames(sources);
	if (!known.includes(provider))
		throw new Problem(
			`The model "${text}" names the provider "${provider}", which is not known. Known: ${known.join(', ')}; others are named under providers in ${sources.files.user}. Of a model whose own name has a slash, name the provider first: ${usual}/${text}.`,
		);
	if (id === '') throw new Problem(`The model "${text}" names a provider and no model. Write ${provider}/<model>.`);
	return {provider, id};
};

/** The model of every tier: a flag or file names one for all, or one each; the environment and the catalog the rest. */
export const chooseModels = (sources: Sources, provider: ProviderChoice): Readonly<Record<Tier, ModelFacts>> => {
	const {flags, project, user, environment} = sources;
	const single = flags.model ?? project.model ?? user.model;
	const isAnswered = !provider.forAll && (provider.name !== 'offline' || flags.model?.includes('/') === true);
	if (flags.model !== undefined && !isAnswered)
		throw new Problem(
			`--model ${flags.model} would have no effect: the offline model answers, because ${provider.because}. ${provider.forAll ? 'Leave out one of them' : 'Set a key, or leave out --model'}.`,
		);
	const named = {...user.tiers, ...project.tiers};
	const factsOf = (text: string): ModelFacts => {
		const model = readModel(text, provider.name, sources);
		if (model.provider === 'offline') return offlineModel;
		const rates = user.prices?.[`${model.provider}/${model.id}`] ?? user.prices?.[model.id];
		// Own rates replace the listed ones; that a large prompt multiplies them stays true.
		const price = rates && {rates, largePrompt: findModel(model.id).price?.largePrompt, since: '1970-01-01'};
		const facts = findModel(model.id, price === undefined ? {} : {[model.id]: price});
		return {...facts, provider: model.provider};
	};
	const modelOf = (tier: Tier): ModelFacts => {
		if (provider.forAll) return offlineModel;
		// The environment's default model names the middle tier, as the tools do that know this variable.
		const fallback = tier === 'sonnet' ? (environment.model ?? modelOfTier.sonnet) : modelOfTier[tier];
		return factsOf(single ?? named[tier] ?? fallback);
	};
	return {haiku: modelOf('haiku'), sonnet: modelOf('sonnet'), opus: modelOf('opus'), frontier: modelOf('frontier')};
};
