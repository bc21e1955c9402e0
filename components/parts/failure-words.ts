import type {Failure} from '../../source/domain/failure.ts';

/** What went wrong: its kind, then what happened. */
export const failureWords = ({kind, message}: Failure): string => `${kind.replaceAll('_', ' ')}: ${message}`;
