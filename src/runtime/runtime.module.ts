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
import { DatabaseMeasures } from './database-measures.js';
import { graphqlModule } from './graphql.module.js';
import type { SchemaType } from './graphql.module.js';
import { HealthController } from './health.controller.js';
import { Credentials } from './identity/credentials.js';
import { People } from './identity/people.js';
import { ServiceTokens } from './identity/service-tokens.js';
import { SessionCookie } from './identity/session-cookie.js';
import { Sessions } from './identity/sessions.js';
import { JobResolver } from './job.resolver.js';
import { Jobs } from './jobs.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';
import { RegistryErrorFilter } from './registry-error.filter.js';
import { SchemaController } from './schema.controller.js';
import { LocalAccounts } from './sign-in/local-accounts.js';
import { SIGN_IN_CONTROLLERS, signInProviders } from './sign-in/sign-in-providers.js';
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
    const credentials = new Credentials(database.source);
    const cookie = new SessionCookie(config.publicUrl);
    const named = readAccessTokens(config.tokensFile);
    const authenticator = new Authenticator(administratorToken(config), named, { credentials, cookie });
    const metrics = new Metrics();
    return {
      module: RuntimeModule,
      imports: [graphqlModule({ authenticator, metrics, isProduction: config.isProduction }, orphanedTypes)],
      controllers: [BackupController, HealthController, MetricsController, SchemaController, ...SIGN_IN_CONTROLLERS],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: DataSource, useValue: database.source },
        { provide: Authenticator, useValue: authenticator },
        { provide: Credentials, useValue: credentials },
        { provide: SessionCookie, useValue: cookie },
        People,
        Sessions,
        ServiceTokens,
        { provide: Metrics, useValue: metrics },
        DatabaseMeasures,
        ...signInProviders(config),
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
      exports: [
        CONFIG,
        DataSource,
        Authenticator,
        IssuedPapers,
        Jobs,
        LocalAccounts,
        Metrics,
        People,
        ServiceTokens,
        Sessions,
      ],
    };
  }
}
