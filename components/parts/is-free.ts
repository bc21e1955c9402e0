import type {Run} from '../../source/domain/run.ts';

/** Nothing costs anything then, so that nothing is said of it. Some tiers may have models of another provider. */
export const isFree = ({settings, ledger}: Run): boolean =>
	settings.provider === 'offline' &&
	ledger.settled + ledger.estimated === 0 &&
	Object.values(settings.models).every(({provider}) => provider === 'offline');
