import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module.js';
import { FindingsAccess } from '../runtime/findings-access.js';
import { ProcurementResolver } from './procurement.resolver.js';
import { ProjectsResolver } from './projects.resolver.js';
import { ReferenceWriter } from './reference.writer.js';

/** Projects and proposals, and what was procured. */
@Module({
  imports: [RegistryModule],
  providers: [FindingsAccess, ProcurementResolver, ProjectsResolver, ReferenceWriter],
})
export class PortfolioModule {}
