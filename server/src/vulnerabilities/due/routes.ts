import * as due from '@flotilla/contract/due';
import * as exposure from '@flotilla/contract/exposure';
import { serve } from '../../kernel/http/handler.ts';
import { readExposure, readFigures, readHostAt, readVulnerabilityHistory } from '../exposure/answers.ts';
import { changeFleetExposure, changeLabelExposure, readFleetExposure, readLabelExposure } from './internet-exposure.ts';
import { listDueHosts, listDueVulnerabilities, summariseDue } from './list-due.ts';
import { changeSla, readSla } from './sla.ts';

export const dueRoutes = [
  serve(due.getSla, (ctx, { query }) => readSla(ctx, query)),
  serve(due.setSla, (ctx, { query, body }) => changeSla(ctx, query, body.rules)),
  serve(due.getFleetExposure, (ctx, { params }) => readFleetExposure(ctx, params.id)),
  serve(due.setFleetExposure, (ctx, { params, body }) => changeFleetExposure(ctx, params.id, body)),
  serve(due.getLabelExposure, (ctx, { params }) => readLabelExposure(ctx, params.id)),
  serve(due.setLabelExposure, (ctx, { params, body }) => changeLabelExposure(ctx, params.id, body)),
  serve(due.dueSummary, (ctx, { query }) => summariseDue(ctx, query)),
  serve(due.listDueHosts, (ctx, { query }) => listDueHosts(ctx, query)),
  serve(due.listDueVulnerabilities, (ctx, { query }) => listDueVulnerabilities(ctx, query)),
  serve(exposure.exposureTrend, (ctx, { query }) => readExposure(ctx, query)),
  serve(exposure.figures, (ctx, { query }) => readFigures(ctx, query)),
  serve(exposure.vulnerabilityHistory, (ctx, { params, query }) => readVulnerabilityHistory(ctx, params.cve, query)),
  serve(exposure.hostVulnerabilitiesAt, (ctx, { params, query }) => readHostAt(ctx, params.id, query)),
];
