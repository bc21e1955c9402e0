'use strict';

// Says how many tests passed and failed, as the last line, and fails when any failed or none ran.
const {readFileSync} = require('node:fs');

const [file, status] = process.argv.slice(2);
const read = () => {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		console.log(`The tests left no result (${error.message}).`);
		return {numPassedTests: 0, numFailedTests: 0, testResults: []};
	}
};
const {numPassedTests: passed, numFailedTests, testResults} = read();
// A file that could not be loaded has no tests that could fail; it counts as one.
const broken = testResults.filter(
	result => result.status === 'failed' && !result.assertionResults.some(test => test.status === 'failed'),
);
for (const {name, message} of broken) console.log(`${name} did not run: ${message}`);
const failed = numFailedTests + broken.length;
if (failed === 0 && status !== '0') console.log(`npm test ended with code ${status} although no test failed.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 && status === '0' ? 0 : 1;
