import type {Clock} from '../engine/clock.ts';
import type {Provider} from '../providers/provider.ts';
import type {ProviderChoice} from './settle-settings.ts';

/** Without a window nobody reads along, so the offline model need not speak at the pace of a reader. */
const unwatchedTokensPerSecond = 600;

/** The provider a run was told to use. SDKs are loaded only when they are needed: they cost start time. */
export const chooseTransport = async (choice: ProviderChoice, clock: Clock, watched: boolean): Promise<Provider> => {
	switch (choice.name) {
		case 'anthropic': {
			const {anthropicProvider} = await import('../providers/anthropic.ts');
			return anthropicProvider({apiKey: choice.apiKey, baseUrl: choice.baseUrl, timer: clock.after});
		}
		case 'offline': {
			const {createOffline} = await import('../providers/offline/offline.ts');
			return createOffline({timer: clock.after, pace: watched ? 'human' : unwatchedTokensPerSecond});
		}
		default:
			return choice satisfies never;
	}
};
