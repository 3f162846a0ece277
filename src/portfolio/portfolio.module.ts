import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module.js';
import { ProjectsResolver } from './projects.resolver.js';
import { ReferenceWriter } from './reference.writer.js';

/** Projects and proposals. */
@Module({ imports: [RegistryModule], providers: [ProjectsResolver, ReferenceWriter] })
export class PortfolioModule {}
