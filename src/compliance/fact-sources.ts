import { Injectable } from '@nestjs/common';
import { AttributeDefinitionReader } from '../registry/attribute-definition.reader.js';
import { hashOf } from '../runtime/canonical-json.js';
import { EvidenceReader } from './evidence.reader.js';
import { RegimeReader } from './regime.reader.js';
import { checkedPack } from './rule-pack.reader.js';

/** What facts and rules are read by, beside the landscape. */
@Injectable()
export class FactSources {
  /** Of everything besides landscape and pack that may change a finding. */
  readonly hash: string;

  constructor(
    private readonly attributes: AttributeDefinitionReader,
    private readonly regimes: RegimeReader,
    readonly evidence: EvidenceReader,
  ) {
    this.hash = hashOf({
      definitions: [...this.definitions.values()],
      regimes: regimes.regimes,
      calendar: { years: regimes.reference.calendar?.years ?? [], days: regimes.reference.calendar?.days ?? [] },
    });
  }

  get definitions(): AttributeDefinitionReader['all'] {
    return this.attributes.all;
  }

  /** A pack out of its document. */
  checked(document: unknown): ReturnType<typeof checkedPack> {
    return checkedPack(document, this.definitions, this.regimes.reference);
  }
}
