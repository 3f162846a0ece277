import { Controller, Get, Header } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';

/** The contract with every client, to read or to generate from. */
@Controller('schema.gql')
export class SchemaController {
  constructor(private readonly host: GraphQLSchemaHost) {}

  @Get()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  schema(): string {
    return printSchema(lexicographicSortSchema(this.host.schema));
  }
}
