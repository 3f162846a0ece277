import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ComplianceModule } from './compliance/compliance.module.js';
import { DuplicatesModule } from './duplicates/duplicates.module.js';
import { ExchangeModule } from './exchange/exchange.module.js';
import { InventoryModule } from './inventory/inventory.module.js';
import { PortfolioModule } from './portfolio/portfolio.module.js';
import { ELEMENT_TYPES } from './registry/element.types.js';
import { RegistryModule } from './registry/registry.module.js';
import { ReviewModule } from './review/review.module.js';
import type { Config } from './runtime/config.js';
import type { Database } from './runtime/database.js';
import { RuntimeModule } from './runtime/runtime.module.js';

/** The features; the only list of them. */
export const FEATURES = [
  RegistryModule,
  ExchangeModule,
  PortfolioModule,
  ComplianceModule,
  DuplicatesModule,
  ReviewModule,
  InventoryModule,
];

/** The whole service on an open database. */
@Module({})
export class AppModule {
  static forRoot(config: Config, database: Database): DynamicModule {
    return { module: AppModule, imports: [RuntimeModule.forRoot(config, database, ELEMENT_TYPES), ...FEATURES] };
  }
}
