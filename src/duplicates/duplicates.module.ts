import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module.js';
import { DuplicatesReader } from './duplicates.reader.js';
import { DuplicatesResolver } from './duplicates.resolver.js';

/** What already exists for what a proposal wants. */
@Module({
  imports: [RegistryModule],
  providers: [DuplicatesReader, DuplicatesResolver],
  exports: [DuplicatesReader],
})
export class DuplicatesModule {}
