// Adds the packages of other platforms that npm left out of package-lock.json; without them `npm ci` refuses the file.
//   npm run lock          to be run after every `npm install` that changes the lock file
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { completeLock, type LockFile, missingPlatforms } from './lock/complete-lock.ts';

const path = join(dirname(import.meta.dirname), 'package-lock.json');
const lock: LockFile = JSON.parse(readFileSync(path, 'utf8'));
const missing = missingPlatforms(lock);
if (missing.length > 0) writeFileSync(path, `${JSON.stringify(completeLock(lock), undefined, 2)}\n`);
console.log(`package-lock.json: ${missing.length} platform packages added`);
