import type {Clock} from '../engine/clock.ts';
import {paceOf} from '../providers/pace.ts';
import type {Provider} from '../providers/provider.ts';
import type {LaneChoice} from './choose-provider.ts';

/** Without a window nobody reads along, so the offline model need not speak at the pace of a reader. */
const unwatchedTokensPerSecond = 600;

/** The way to a provider. SDKs are loaded only when they are needed: they cost start time. */
export const openTransport = async (lane: LaneChoice, clock: Clock, watched: boolean): Promise<Provider> => {
	switch (lane.kind) {
		case 'messages': {
			const {anthropicProvider} = await import('../providers/anthropic.ts');
			const {apiKey, keyName, baseUrl, name} = lane;
			return {...anthropicProvider({apiKey, keyName, baseUrl, timer: clock.after, paceOf}), name};
		}
		case 'offline': {
			const {createOffline} = await import('../providers/offline/offline.ts');
			return createOffline({timer: clock.after, pace: watched ? 'human' : unwatchedTokensPerSecond});
		}
		default:
			return lane satisfies never;
	}
};
