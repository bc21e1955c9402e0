import {nothingChanged, type Packet} from '../../source/domain/packet.ts';

/** What Flotilla found, whatever the agent claimed: only the checks of the project make a report `checked`. */
const found: Readonly<Record<Packet['status'], string>> = {
	VERIFIED: 'checked',
	UNVERIFIED: 'not checked',
	FAIL: 'failed',
	PENDING_REVIEW: 'needs review',
};

/** What a report is worth, in a word: one of a step that changed nothing is no worse for not having been checked. */
export const packetWord = ({status, reason}: Pick<Packet, 'status' | 'reason'>): string =>
	status === 'UNVERIFIED' && reason === nothingChanged ? 'no check needed' : found[status];
