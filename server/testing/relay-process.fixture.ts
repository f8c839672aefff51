// A node of the relay in a process of its own, on an outside PostgreSQL and a clinic that is there: loads its code, says so, and
// starts when it is told to (SIGUSR2), so that a campaign of kills waits for starts and not for modules. SIGTERM ends it in order.

import { once } from 'node:events';
import { generateSealingKeyPair } from '../../src/sync/core/sealing-key.ts';
import { openDatabase } from '../store/database.ts';
import { createPgNodeWire } from '../store/node-wire.ts';
import type { Clinic } from './clinic.ts';
import { declared } from './papers.ts';
import { startRelayNode } from './relay-node.ts';
import { servePgClinic } from './sync-server.ts';

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const told = once(process, 'SIGUSR2');
const ended = once(process, 'SIGTERM');
// Whoever was to tell it may be gone.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(1), 1000);
say({ code: 'loaded' });
await told;

const { DATABASE_URL: connectionString = '', CLINIC = '', PORT } = process.env;
const database = openDatabase({ connectionString });
const wire = createPgNodeWire(database);
const sealing = await generateSealingKeyPair();
const server = servePgClinic(database, JSON.parse(CLINIC) as Clinic, { declared, wire, sealing });
const node = await startRelayNode(server, Number(PORT));
say({ code: 'listening', port: node.port });
await ended;
await node.close();
await database.close();
process.exit(0);
