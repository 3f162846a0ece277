import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AuditReader } from './audit/audit.reader.js';
import { AuditResolver, AuditVerificationListResolver, AuditVerificationResolver } from './audit/audit.resolver.js';
import { AuditVerificationJob } from './audit/audit-verification.job.js';
import { IssuedPapers } from './audit/issued-papers.js';
import { BackupController } from './backup.controller.js';
import { readAccessTokens } from './access-tokens.js';
import { Authenticator, administratorToken } from './authentication.js';
import type { Config } from './config.js';
import type { Database } from './database.js';
import { graphqlModule } from './graphql.module.js';
import type { SchemaType } from './graphql.module.js';
import { HealthController } from './health.controller.js';
import { JobResolver } from './job.resolver.js';
import { Jobs } from './jobs.js';
import { RegistryErrorFilter } from './registry-error.filter.js';
import { SchemaController } from './schema.controller.js';
import { TrustedAnswers } from './trusted-answers.js';
import { TrustedDocumentResolver } from './trusted-document.resolver.js';
import { TrustedDocuments } from './trusted-documents.js';

/** The configuration, for those who inject it. */
export const CONFIG = Symbol('CONFIG');

/** What any request needs. */
@Global()
@Module({})
export class RuntimeModule {
  static forRoot(config: Config, database: Database, orphanedTypes: readonly SchemaType[]): DynamicModule {
    const authenticator = new Authenticator(administratorToken(config), readAccessTokens(config.tokensFile));
    return {
      module: RuntimeModule,
      imports: [graphqlModule(authenticator, orphanedTypes)],
      controllers: [BackupController, HealthController, SchemaController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: DataSource, useValue: database.source },
        { provide: Authenticator, useValue: authenticator },
        { provide: Jobs, useFactory: () => new Jobs(database) },
        JobResolver,
        AuditReader,
        IssuedPapers,
        AuditVerificationJob,
        AuditResolver,
        AuditVerificationResolver,
        AuditVerificationListResolver,
        TrustedDocuments,
        TrustedAnswers,
        TrustedDocumentResolver,
        { provide: APP_FILTER, useClass: RegistryErrorFilter },
      ],
      exports: [CONFIG, DataSource, Authenticator, IssuedPapers, Jobs],
    };
  }
}
