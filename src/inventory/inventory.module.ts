import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module.js';
import { GapResolver, GapTaskResolver } from './gap.resolver.js';

/** What the city must know of itself and hand over: gaps and tasks on the way to the target. */
@Module({ imports: [RegistryModule], providers: [GapResolver, GapTaskResolver] })
export class InventoryModule {}
