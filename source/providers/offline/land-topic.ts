import {globNames} from './glob-names.ts';
import type {Look, Topic} from './look.ts';
import {readCount} from './read-result.ts';
import {listTop, totalsOf} from './size-topic.ts';

const countTotals: Look = {
	tool: 'count_lines',
	input: {largest: 0},
	why: 'count all files and lines',
	read: result => {
		const count = readCount(result);
		return count === undefined ? [] : totalsOf(count);
	},
};

const globLicence = globNames('Licence files', '{/LICENSE*,/LICENCE*,/COPYING*}', 'look for a licence');
const globIntegration = globNames(
	'Files for continuous integration',
	'{/.github/workflows/,/.gitlab-ci.yml,/.circleci/,/Jenkinsfile,/azure-pipelines.yml,/.ci/}',
	'look for continuous integration',
);

/** The lay of the land, at one glance. */
export const landTopic: Topic = () => [listTop, countTotals, globLicence, globIntegration];
