import { Agent, request } from 'node:http';
import { seededRandom } from '../../support/seeded-random.js';
import type { SeededRandom } from '../../support/seeded-random.js';
import { TOKEN } from './processes.js';
import type { Stage } from './stage.js';
import type { Question, Workload } from './workload.js';

/** W11: everything at once, over many connections. */
const CONNECTIONS = 32;
const MILLISECONDS = 8_000;
const PHASES = ['ACTIVE', 'PILOT', 'PHASE_IN'] as const;
/** Shares of the questions, in per cent; the rest are changes, one half each. */
const SHARES: readonly (readonly [id: string, percent: number])[] = [
  ['W1', 60],
  ['W2', 20],
  ['W4b', 10],
];
const UPDATES = 95;

/** How both sides are asked and written to. */
interface Doors {
  ask(workload: Workload, question: Question): Promise<void>;
  /** Sets the phase of a system. */
  update(urn: string, phase: string): Promise<void>;
  /** Adds a relation, and answers when it is committed. */
  insert(number: number, source: string, target: string): Promise<void>;
  cpu(): number;
}

interface Measured {
  readonly cpu: number;
  readonly p50: number;
  readonly p99: number;
  readonly done: number;
  /** The last phase that was acknowledged, of each system that was changed. */
  readonly phases: ReadonlyMap<string, string>;
  readonly inserted: number;
}

/** Asks and changes both sides in turn, and looks whether all that was acknowledged is there. */
export async function mixedLine(stage: Stage, workloads: readonly Workload[]): Promise<string> {
  const [service, peer] = [serviceDoors(stage), peerDoors(stage)];
  const before = await relationCount(stage);
  const peers = await measured(stage, workloads, peer);
  const ours = await measured(stage, workloads, service);
  const lost = await lostOf(stage, ours, before);
  const told = ({ cpu, p50, p99, done }: Measured): string =>
    `${cpu.toFixed(3)} (p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${Math.round((1000 * done) / MILLISECONDS)}/s)`;
  const ratio = peers.cpu / ours.cpu;
  const mark = ratio >= 1 ? '' : ' missed';
  return (
    `| W11 | 32 connections: 60 % W1, 20 % W2, 10 % W4b, 5 % updates, 5 % new relations | ${told(peers)} | ` +
    `${told(ours)} (${ratio.toFixed(2)} / 1${mark}) | | | ${lost} |`
  );
}

async function measured(stage: Stage, workloads: readonly Workload[], doors: Doors): Promise<Measured> {
  const questions = new Map(
    workloads.map((each) => [each.id, { workload: each, asked: each.questions(stage.oracle, seededRandom(1)) }]),
  );
  const systems = stage.oracle.rows.systems.filter(({ urn }) => urn.startsWith('urn:khung:g-s'));
  const phases = new Map<string, string>();
  const times: number[] = [];
  let inserted = 0;
  const [cpu, end] = [doors.cpu(), performance.now() + MILLISECONDS];
  const line = async (connection: number): Promise<void> => {
    const random = seededRandom(connection + 1);
    // Nobody else writes to these: the last phase that was acknowledged is the one that has to be there.
    const own = systems.filter((_, at) => at % CONNECTIONS === connection);
    while (performance.now() < end) {
      const begun = performance.now();
      const drawn = random.below(100);
      const chosen = questionAt(questions, drawn, random);
      const [one, other] = [anyOf(own, random).urn, anyOf(systems, random).urn];
      if (chosen !== undefined) await doors.ask(chosen.workload, chosen.question);
      else if (drawn < UPDATES) {
        const phase = random.pick(PHASES);
        await doors.update(one, phase);
        phases.set(one, phase);
      } else {
        inserted += 1;
        await doors.insert(inserted, one, other);
      }
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, each) => line(each)));
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { cpu: (doors.cpu() - cpu) / times.length, p50: at(0.5), p99: at(0.99), done: times.length, phases, inserted };
}

function anyOf<T>(items: readonly T[], random: SeededRandom): T {
  const found = items[random.below(items.length)];
  if (found === undefined) throw new RangeError('There is nothing to choose from.');
  return found;
}

function questionAt(
  questions: ReadonlyMap<string, { readonly workload: Workload; readonly asked: readonly Question[] }>,
  drawn: number,
  random: SeededRandom,
): { readonly workload: Workload; readonly question: Question } | undefined {
  let share = 0;
  for (const [id, percent] of SHARES) {
    share += percent;
    const found = questions.get(id);
    if (drawn >= share || found === undefined) continue;
    return { workload: found.workload, question: anyOf(found.asked, random) };
  }
  return undefined;
}

function serviceDoors({ service, postgres }: Stage): Doors {
  const post = sender(`${service.url}/graphql`);
  const commit = async (operation: object): Promise<void> => {
    const query =
      'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { revision userErrors { message } } }';
    const answer = await post(
      JSON.stringify({ query, variables: { input: { reason: 'bench', operations: [operation] } } }),
    );
    if (!answer.includes('"userErrors":[]')) throw new Error(answer.slice(0, 500));
  };
  return {
    ask: async ({ document }, { variables }) => {
      const answer = await post(JSON.stringify({ query: document, variables }));
      if (answer.includes('"errors"')) throw new Error(answer.slice(0, 500));
    },
    update: (urn, phase) => commit({ op: 'UPDATE', urn, path: 'phases', value: [{ phase, from: null }] }),
    insert: (number, source, target) =>
      commit({ op: 'ADD', urn: `urn:khung:w11-${number}`, value: { kind: 'ASSOCIATED_WITH', source, target } }),
    cpu: () => service.cpu() + postgres.cpu(),
  };
}

function peerDoors({ peer, postgres }: Stage): Doors {
  const call = async (name: string, values: readonly unknown[]): Promise<void> => {
    await sender(`${peer.url}/${name}?${encodeURIComponent(JSON.stringify(values))}`)();
  };
  return {
    ask: ({ id }, { values }) => call(id, values),
    update: (urn, phase) => call('update', [urn, phase]),
    insert: (number, source, target) => call('insert', [1_000_000 + number, source, target]),
    cpu: () => peer.cpu() + postgres.cpu(),
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** Sends a body, or asks where there is none. */
function sender(url: string): (body?: string) => Promise<string> {
  return (body) =>
    new Promise((resolve, reject) => {
      const headers =
        body === undefined
          ? {}
          : {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
              authorization: `Bearer ${TOKEN}`,
            };
      const asked = request(url, { agent, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${response.statusCode} ${text.slice(0, 500)}`));
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
}

async function relationCount({ service }: Stage): Promise<number> {
  const text = await sender(`${service.url}/graphql`)('{"query":"{ landscape { relationCount } }"}');
  // The shape that was asked for.
  return (JSON.parse(text) as { data: { landscape: { relationCount: number } } }).data.landscape.relationCount;
}

/** Says how many acknowledged changes the service does not show. */
async function lostOf(stage: Stage, { phases, inserted }: Measured, before: number): Promise<string> {
  const missing = before + inserted - (await relationCount(stage));
  let wrong = 0;
  for (const [urn, phase] of phases) {
    const query = `{ element(urn: "${urn}") { lifecycle { phase } } }`;
    const text = await sender(`${stage.service.url}/graphql`)(JSON.stringify({ query }));
    if (!text.includes(`"phase":"${phase}"`)) wrong += 1;
  }
  return `${phases.size} changed systems and ${inserted} new relations acknowledged; lost ${wrong + missing}`;
}
