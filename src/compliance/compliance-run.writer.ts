import { gunzipSync, gzipSync } from 'node:zlib';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { ADMINISTRATOR } from '../core/access/actor.js';
import { RegistryError } from '../core/errors.js';
import { RULE_ENGINE, findingRecords, noFindings } from '../core/policy/finding-record.js';
import type { Judged } from '../core/policy/judge.js';
import { packOfTier } from '../core/policy/rule-pack.js';
import { LandscapeReader } from '../registry/landscape.reader.js';
import { canonicalJson, sha256 } from '../runtime/canonical-json.js';
import { inSlices } from '../runtime/slices.js';
import { FactSources } from './fact-sources.js';
import { ComplianceRunRow, RulePackDocumentRow, SupervisionHeadRow } from './supervision.entity.js';
import { SupervisionWriter, WATCHED_TIER } from './supervision.writer.js';

/** What a run is made for. */
export interface RunRequest {
  /** Who asked, or that nobody did. */
  readonly author: string;
  /** Whether its findings are kept, not only their hash. */
  readonly isKept: boolean;
  readonly signal: AbortSignal;
  /** Told how far it is, from 0 to 1. */
  readonly progress: (share: number) => void;
}

/** What came of judging again what a run had judged. */
export interface RunAgain {
  readonly isSame: boolean;
  /** SHA-256 of what was found now, hexadecimal. */
  readonly findingsHash: string;
  /** Of the lines that were kept and those of now, the first ten that differ; empty where none were kept. */
  readonly differences: readonly { readonly before: string | null; readonly now: string | null }[];
}

/** Differences that are told. */
const SHOWN_MAXIMUM = 10;

/** Judges everything at once, and keeps what it was made of, so that anybody may do it again. */
@Injectable()
export class ComplianceRunWriter {
  private readonly logger = new Logger('Compliance');

  constructor(
    private readonly database: DataSource,
    private readonly supervision: SupervisionWriter,
    private readonly landscapes: LandscapeReader,
    private readonly facts: FactSources,
  ) {}

  /** Judges the newest landscape, of today, and checks what was kept up to date until now. */
  async run({ author, isKept, signal, progress }: RunRequest): Promise<ComplianceRunRow> {
    const differences = await this.supervision.check(signal);
    if (differences.length > 0) {
      this.logger.error(`Findings kept up to date were wrong: ${JSON.stringify(differences.slice(0, SHOWN_MAXIMUM))}`);
    }
    progress(0.2);
    const { landscape, supervision, evidence, evidenceNumber } = await this.supervision.catchUp(signal);
    progress(0.5);
    const { pack, definitions, today } = supervision.setting;
    const found = await foundOf({ landscape, pack, definitions, today, evidence }, signal);
    progress(0.9);
    const document = canonicalJson(pack.pack);
    const row = {
      revision: landscape.revision,
      on: today,
      tier: WATCHED_TIER,
      pack: `${pack.pack.code} ${pack.pack.version}`,
      packHash: sha256(document),
      factsHash: this.facts.hash,
      engine: RULE_ENGINE,
      evidenceNumber,
      subjects: found.subjects,
      counts: found.counts,
      discrepancies: differences.length,
      findingsHash: sha256(found.text),
      findings: isKept ? gzipSync(found.text) : null,
      author,
    };
    return this.database.transaction((manager) => insert(manager, row, document));
  }

  /**
   * Judges again what a run judged, from what it keeps.
   * @throws RegistryError NOT_FOUND for a run there is none of; RUN_OF_OTHER_ENGINE where this service reads facts or
   *   rules otherwise than the one that judged.
   */
  async again(number: number, signal: AbortSignal): Promise<RunAgain> {
    const run = await this.database.manager.findOne(ComplianceRunRow, {
      where: { number },
      select: { ...RUN_COLUMNS, findings: true },
    });
    if (run === null) throw RegistryError.of('RUN_UNKNOWN', ['number'], { number });
    const { factsHash, engine, packHash, tier, on, revision, evidenceNumber: last } = run;
    if (factsHash !== this.facts.hash || engine !== RULE_ENGINE) {
      throw RegistryError.of('RUN_OF_OTHER_ENGINE', ['number'], { engine, current: RULE_ENGINE });
    }
    const { document } = await this.database.manager.findOneByOrFail(RulePackDocumentRow, { hash: packHash });
    const asked = { actor: ADMINISTRATOR, language: 'VI' as const };
    const landscape = await this.landscapes.forRequest(asked, { asOf: { revision }, asIfToday: on });
    const pack = packOfTier(this.facts.checked(JSON.parse(document)), tier);
    const { definitions } = this.facts;
    const evidence = await this.facts.evidence.coverAt(landscape, on, { context: asked, last });
    const { text } = await foundOf({ landscape, pack, definitions, today: on, evidence }, signal);
    const kept = run.findings === null ? text : gunzipSync(run.findings).toString();
    const findingsHash = sha256(text);
    return {
      isSame: findingsHash === run.findingsHash && text === kept,
      findingsHash,
      differences: unlike(kept, text),
    };
  }
}

interface Found {
  readonly text: string;
  readonly subjects: number;
  readonly counts: ComplianceRunRow['counts'];
}

/** All findings as text, one canonical JSON a line. */
function foundOf(input: Judged, signal: AbortSignal): Promise<Found> {
  return inSlices(finding(input), signal);
}

function* finding(input: Judged): Generator<void, Found> {
  const lines: string[] = [];
  const counts = noFindings();
  let subjects = 0;
  for (const records of findingRecords(input)) {
    if (records.length > 0) subjects += 1;
    for (const record of records) {
      counts[record.outcome] += 1;
      lines.push(`${canonicalJson(record)}\n`);
    }
    yield;
  }
  return { text: lines.join(''), subjects, counts };
}

function unlike(before: string, now: string): RunAgain['differences'] {
  if (before === now) return [];
  const [known, found] = [before.split('\n'), now.split('\n')];
  const length = Math.max(known.length, found.length);
  const places = Array.from({ length }, (_, place) => place).filter((place) => known[place] !== found[place]);
  return places.slice(0, SHOWN_MAXIMUM).map((place) => ({ before: known[place] ?? null, now: found[place] ?? null }));
}

/** What judging again needs. */
const RUN_COLUMNS = {
  number: true,
  revision: true,
  on: true,
  tier: true,
  pack: true,
  packHash: true,
  factsHash: true,
  engine: true,
  evidenceNumber: true,
  subjects: true,
  discrepancies: true,
  findingsHash: true,
  author: true,
};

/** Gives the run its number, under the lock under which transitions get theirs. */
async function insert(
  manager: EntityManager,
  row: Omit<ComplianceRunRow, 'number' | 'at'>,
  document: string,
): Promise<ComplianceRunRow> {
  await manager.findOneOrFail(SupervisionHeadRow, { where: { id: 1 }, lock: { mode: 'pessimistic_write' } });
  const known = await manager.existsBy(RulePackDocumentRow, { hash: row.packHash });
  if (!known) await manager.insert(RulePackDocumentRow, { hash: row.packHash, document });
  const last = (await manager.maximum(ComplianceRunRow, 'number')) ?? 0;
  await manager.insert(ComplianceRunRow, { ...row, number: last + 1 });
  return manager.findOneByOrFail(ComplianceRunRow, { number: last + 1 });
}
