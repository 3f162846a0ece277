import { Injectable } from '@nestjs/common';
import { Metrics, gauge } from '../runtime/metrics.js';
import { LandscapeStore } from './landscape.store.js';

/** How large the landscape in memory is, and how far it has come. */
@Injectable()
export class LandscapeMeasures {
  constructor(store: LandscapeStore, metrics: Metrics) {
    metrics.show(
      gauge('khung_landscape_revision', 'Revision of the landscape in memory', () => store.snapshot.revision),
    );
    metrics.show(gauge('khung_elements', 'Elements of the landscape', () => store.snapshot.elementCount));
    metrics.show(gauge('khung_relations', 'Relations of the landscape', () => store.snapshot.relationCount));
  }
}
