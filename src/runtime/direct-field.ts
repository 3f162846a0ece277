import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';

/**
 * Lets GraphQL call the method of a field itself, as (parent, arguments, context): the framework's way through pipes costs
 * some ten times a short field, and an answer has thousands of them. To be put above `@ResolveField`; `@Args` then only
 * declares the arguments, which arrive as GraphQL has checked them. A method without parameter decorators is called so anyway.
 */
export function DirectField(): MethodDecorator {
  return (prototype, name) => {
    Reflect.defineMetadata(ROUTE_ARGS_METADATA, {}, prototype.constructor, name);
  };
}
