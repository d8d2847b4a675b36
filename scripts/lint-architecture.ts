// Enforces the architecture: allowed imports, no host objects below the host, no state in modules, no `any`, lengths.
// The one table is scripts/architecture/table.ts. Fails with one line per breach.
import { dirname } from 'node:path';
import { checkArchitecture, formatFinding } from './architecture/check-architecture.ts';
import { readProject } from './architecture/read-project.ts';

const project = await readProject(dirname(import.meta.dirname));
const findings = checkArchitecture(project);
for (const finding of findings) console.error(formatFinding(finding));
if (findings.length === 0) console.log(`architecture: ${project.modules.length} files, no breach`);
else process.exitCode = 1;
