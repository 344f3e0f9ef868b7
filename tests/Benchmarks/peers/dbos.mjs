// DBOS: a workflow of five steps, each step's result committed in PostgreSQL before the next begins.
import { DBOS } from '@dbos-inc/dbos-sdk';
import { rounds } from './rounds.mjs';

DBOS.setConfig({ name: 'bench', systemDatabaseUrl: process.env.DATABASE_URL, systemDatabasePoolSize: 20, logLevel: 'error', runAdminServer: false });

const five = DBOS.registerWorkflow(async value => {
  for (const step of ['one', 'two', 'three', 'four', 'five'])
    value = await DBOS.runStep(async () => value, { name: step });
  return value;
}, { name: 'five' });

await DBOS.launch();
await rounds(() => five('x'));
process.exit(0);
