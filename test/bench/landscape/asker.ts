import { Agent, request } from 'node:http';
import { TOKEN } from './processes.js';
import type { Stage } from './stage.js';
import type { Question, Workload } from './workload.js';

/** peer: SQL behind bare HTTP. graphql: POST /graphql. computed, kept: GET /q/<id>, its answer worked out or in memory. */
export type Side = 'peer' | 'graphql' | 'computed' | 'kept';

interface Call {
  readonly url: string;
  readonly body?: string;
}

/** Asks the questions of one workload. */
export class Asker {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private asked = 0;

  private constructor(
    private readonly stage: Stage,
    private readonly workload: Workload,
    private readonly id: string,
  ) {}

  /** Registers the query of the workload; gives what is wrong with it where the service does not know what it asks for. */
  static async of(stage: Stage, workload: Workload): Promise<Asker | string> {
    const query = `mutation ($input: RegisterTrustedDocumentInput!) {
      registerTrustedDocument(input: $input) { trustedDocument { id } userErrors { message } }
    }`;
    const input = { name: workload.id, document: workload.document };
    const response = await fetch(`${stage.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}`, 'accept-language': 'en' },
      body: JSON.stringify({ query, variables: { input } }),
    });
    // The shape that was asked for.
    const { data } = (await response.json()) as {
      data: { registerTrustedDocument: { trustedDocument: { id: string } | null; userErrors: { message: string }[] } };
    };
    const { trustedDocument, userErrors } = data.registerTrustedDocument;
    if (trustedDocument === null) return userErrors.map(({ message }) => message).join('; ');
    return new Asker(stage, workload, trustedDocument.id);
  }

  /** The answer of one side in the workload's own form. */
  async ask(side: Side, question: Question): Promise<unknown> {
    const answer: unknown = JSON.parse(await this.send(this.callOf(side, question)));
    // Each side answers what its form was written for; what is not so shows as a wrong answer.
    if (side === 'peer') return this.workload.ofPeer(answer as never);
    const { data } = answer as { data?: unknown };
    if (data === undefined || data === null)
      throw new Error(`${this.workload.id}: ${JSON.stringify(answer).slice(0, 500)}`);
    return this.workload.ofService(data as never);
  }

  /** Asks for some time, as many at once as the workload says. @returns CPU milliseconds an operation. */
  async round(side: Side, questions: readonly Question[], milliseconds: number): Promise<number> {
    const { service, peer, postgres } = this.stage;
    // Answers that were worked out since may have pushed out those that are to be found in memory.
    if (side === 'kept') for (const question of questions) await this.send(this.callOf(side, question));
    const cpu = (): number => postgres.cpu() + (side === 'peer' ? peer.cpu() : service.cpu());
    const [before, end] = [cpu(), performance.now() + milliseconds];
    let done = 0;
    const line = async (): Promise<void> => {
      while (performance.now() < end) {
        const question = questions[this.asked % questions.length];
        this.asked += 1;
        if (question !== undefined) await this.send(this.callOf(side, question));
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: this.workload.concurrent }, line));
    return (cpu() - before) / done;
  }

  private callOf(side: Side, { variables, values }: Question): Call {
    const { service, peer } = this.stage;
    if (side === 'peer')
      return { url: `${peer.url}/${this.workload.id}?${encodeURIComponent(JSON.stringify(values))}` };
    if (side === 'graphql') {
      return { url: `${service.url}/graphql`, body: JSON.stringify({ query: this.workload.document, variables }) };
    }
    // A value that no variable asks for is ignored, and makes a question that was never asked before.
    const given = side === 'kept' ? variables : { ...variables, unique: this.asked };
    return { url: `${service.url}/q/${this.id}?variables=${encodeURIComponent(JSON.stringify(given))}` };
  }

  private send({ url, body }: Call): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers =
        body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const method = body === undefined ? 'GET' : 'POST';
      const asked = request(url, { agent: this.agent, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${url.slice(0, 200)}: ${response.statusCode} ${text.slice(0, 500)}`));
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
}
