import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Cell } from '../../src/exchange/sheet.js';
import { printXlsx } from '../../src/exchange/xlsx-print.js';
import { generateLandscape, generatedOperations } from '../support/generated-landscape.js';
import type { GeneratedLandscape } from '../support/generated-landscape.js';
import { anotherSpelling } from '../support/generated-names.js';
import { seededRandom } from '../support/seeded-random.js';
import { startTestService } from '../support/service.js';
import type { TestService } from '../support/service.js';

const SEED = 20261123;
const LINES = 300;
/** Most operations of one change set here; the request has to fit into the service's limit of bytes. */
const CHUNK = 50_000;
const HEADER = ['STT', 'Tên nhiệm vụ, dự án', 'Đơn vị chủ trì', 'Nội dung', 'Kinh phí (triệu đồng)'];

/** Prints how long a yearly plan takes over HTTP, and how long it holds up others, on a landscape of so many systems. */
export async function benchPlan(systems: number): Promise<void> {
  const landscape = generateLandscape({ systems, seed: SEED });
  const service = await startTestService();
  try {
    await load(service, landscape);
    const plan = await planOf(landscape);
    console.log(`\n### A plan of ${LINES} lines, ${landscape.elements.length} elements, ${process.version}\n`);
    for (const what of ['the first question of a revision', 'again', 'again'])
      console.log(await asked(service, plan, what));
  } finally {
    await service.close();
  }
}

async function asked(service: TestService, plan: Buffer, what: string): Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [clock, cpu] = [performance.now(), process.cpuUsage()];
  const response = await fetch(`${service.url}/plan-lists`, { method: 'POST', body: new Uint8Array(plan) });
  const bytes = (await response.arrayBuffer()).byteLength;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  const seconds = ((performance.now() - clock) / 1000).toFixed(1);
  const [p99, longest] = [delay.percentile(99), delay.max].map((each) => (each / 1e6).toFixed(0));
  return `${what}: ${seconds} s (CPU ${((user + system) / 1e6).toFixed(1)} s), ${bytes} bytes; others wait ${p99} ms in the 99th percentile, ${longest} ms at most`;
}

async function load(service: TestService, landscape: GeneratedLandscape): Promise<void> {
  const operations = generatedOperations(landscape);
  for (let at = 0; at < operations.length; at += CHUNK) {
    const { data, errors } = await service.ask<{ commitChangeSet: { revision: number | null } }>(
      'mutation ($input: CommitChangeSetInput!) { commitChangeSet(input: $input) { revision userErrors { message } } }',
      {
        variables: { input: { reason: 'bench', operations: operations.slice(at, at + CHUNK) } },
        asAdministrator: true,
      },
    );
    if (typeof data?.commitChangeSet.revision !== 'number')
      throw new Error(JSON.stringify(errors ?? data).slice(0, 1000));
  }
}

/** Half of the lines want what a system does already, in other words; the others want two things at once. */
function planOf({ elements }: GeneratedLandscape): Promise<Buffer> {
  const random = seededRandom(SEED);
  const systems = elements.filter(({ kind }) => kind !== 'AGENCY');
  const agencies = elements.filter(({ kind }) => kind === 'AGENCY');
  const nameOf = (among: typeof elements): string => among[random.below(among.length)]?.name ?? '';
  const rows = Array.from({ length: LINES }, (_, at): Cell[] => {
    const [name, other] = [nameOf(systems), nameOf(systems)];
    const title = at % 2 === 0 ? `Xây dựng ${anotherSpelling(random, name)}` : `${name} và ${other}`;
    const scope = `${other}; quản lý hồ sơ, tra cứu, báo cáo thống kê, kết nối liên thông qua LGSP`;
    return [String(at + 1), title, nameOf(agencies), scope, { type: 'NUMBER', text: String(500 + at) }];
  });
  return printXlsx([{ name: 'Kế hoạch', columns: HEADER.map((header) => ({ header, width: 30 })), rows }]);
}
