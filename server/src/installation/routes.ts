import { exportTitles as exportRoute } from '@flotilla/contract/exports';
import * as onHost from '@flotilla/contract/host-software';
import * as packages from '@flotilla/contract/packages';
import * as software from '@flotilla/contract/software';
import * as tasks from '@flotilla/contract/tasks';
import { sendExport } from '../kernel/http/exports.ts';
import { type Exchange, serve } from '../kernel/http/handler.ts';
import { cancelUpcoming } from './cancel-upcoming.ts';
import { deletePackages } from './delete-packages.ts';
import { exportTitles } from './export-titles.ts';
import { listHostSoftware } from './host-software.ts';
import * as library from './list-library.ts';
import { listHostTasks, listUpcoming, readInstallResults, readScriptResults, readTask } from './read-tasks.ts';
import { readUpload } from './read-upload.ts';
import { requestInstallation, requestRemoval, requestScript } from './request-installation.ts';
import { liftStop, readStopState, stopEverything } from './stop.ts';
import { uploadPackage } from './upload-package.ts';

export const routes = [
  serve(software.listTitles, (ctx, { query }) => library.listTitlesWithPackages(ctx, query)),
  serve(exportRoute, (ctx, { query }, exchange) => sendExport(exchange, ctx, exportTitles(ctx, query))),
  serve(software.getTitle, async (ctx, { params, query }) => ({
    software_title: await library.readTitleWithPackages(ctx, params.id, query),
  })),
  serve(onHost.listHostSoftware, (ctx, { params, query }) => listHostSoftware(ctx, params.id, query)),

  serve(packages.listLibrary, (ctx, { query }) => library.listLibrary(ctx, query)),
  serve(packages.uploadPackage, async (ctx, _input, { request }) => {
    const stored = await uploadPackage(ctx, await readUpload(ctx, request));
    return { software_package: await library.answerFor(ctx, stored, [stored.fleet_id]) };
  }),
  serve(packages.getPackage, async (ctx, { params, query: { alt, installer_id, ...query } }, exchange) => {
    const named = { titleId: params.id, packageId: installer_id, ...query };
    if (alt === 'media') return sendFile(exchange, await library.openPackageOf(ctx, named));
    return { software_installer: await library.readPackageOf(ctx, named) };
  }),
  serve(packages.deletePackage, async (ctx, { params, query: { installer_id, ...query } }, { reply }) => {
    await deletePackages(ctx, { titleId: params.id, packageId: installer_id, ...query });
    reply.code(204);
    return undefined;
  }),

  serve(tasks.installSoftware, async (ctx, { params, query }) => ({
    task_id: await requestInstallation(ctx, {
      hostId: params.id,
      titleId: params.software_title_id,
      packageId: query.installer_id,
    }),
  })),
  serve(tasks.uninstallSoftware, async (ctx, { params }) => ({
    task_id: await requestRemoval(ctx, { hostId: params.id, titleId: params.software_title_id }),
  })),
  serve(tasks.installResults, async (ctx, { params }) => ({
    results: await readInstallResults(ctx, params.install_uuid),
  })),
  serve(tasks.runScript, async (ctx, { body }) => ({
    host_id: body.host_id,
    execution_id: await requestScript(ctx, { hostId: body.host_id, script: body.script_contents }),
  })),
  serve(tasks.scriptResults, (ctx, { params }) => readScriptResults(ctx, params.execution_id)),
  serve(tasks.hostTasks, (ctx, { params, query }) => listHostTasks(ctx, params.id, query)),
  serve(tasks.getTask, async (ctx, { params }) => ({ task: await readTask(ctx, params.id) })),
  serve(tasks.upcomingActivities, (ctx, { params, query }) => listUpcoming(ctx, params.id, query)),
  serve(tasks.cancelUpcoming, async (ctx, { params }, { reply }) => {
    await cancelUpcoming(ctx, { hostId: params.id, taskId: params.activity_id });
    reply.code(204);
    return undefined;
  }),

  serve(tasks.readStop, (ctx) => readStopState(ctx)),
  serve(tasks.stopEverything, (ctx, { body }) => stopEverything(ctx, body.reason ?? '')),
  serve(tasks.liftStop, (ctx) => liftStop(ctx)),
];

type OpenFile = Awaited<ReturnType<typeof library.openPackageOf>>;

/** The bytes take the place of the answer that the contract describes. */
function sendFile({ reply }: Exchange, { stream, size, fileName }: OpenFile): never {
  reply.headers({
    'content-type': 'application/octet-stream',
    'content-length': size,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  });
  return reply.send(stream) as never;
}
