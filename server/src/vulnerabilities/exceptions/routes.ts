import * as contract from '@flotilla/contract/exceptions';
import { serve } from '../../kernel/http/handler.ts';
import { changeException, endException } from './change-exception.ts';
import { createException, previewException } from './create-exception.ts';
import { listExceptions } from './list-exceptions.ts';

export const exceptionRoutes = [
  serve(contract.listExceptions, (ctx, { query }) => listExceptions(ctx, query)),
  serve(contract.previewException, (ctx, { body }) => previewException(ctx, body)),
  serve(contract.createException, (ctx, { body }) => createException(ctx, body)),
  serve(contract.changeException, (ctx, { params, body }) => changeException(ctx, params.id, body)),
  serve(contract.endException, (ctx, { params }) => endException(ctx, params.id)),
];
