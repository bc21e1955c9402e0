import {nothingChanged, type Packet} from '../../source/domain/packet.ts';

/** What a report is worth, in a word: one of a step that only read is no worse for not having been checked. */
export const packetWord = ({status, reason}: Packet): string => (reason === nothingChanged ? 'READ ONLY' : status);
