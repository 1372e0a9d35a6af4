import * as contract from '@flotilla/contract/vex';
import { serve } from '../../kernel/http/handler.ts';
import { exportVex } from './export-vex.ts';
import { importVex } from './import-vex.ts';

export const vexRoutes = [
  serve(contract.importVex, (ctx, { body }) => importVex(ctx, body)),
  serve(contract.exportVex, async (ctx, { query }, { reply }) => {
    const document = await exportVex(ctx, query);
    if (!document) reply.code(204);
    return document as NonNullable<typeof document>;
  }),
];
