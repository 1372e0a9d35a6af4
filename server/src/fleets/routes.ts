import { enrollSecrets } from '@flotilla/contract/fleets';
import { serve } from '../kernel/http/handler.ts';
import { listEnrolSecrets } from './enrol-secrets.ts';

export const routes = [
  serve(enrollSecrets, async (ctx) => {
    const secrets = await listEnrolSecrets(ctx);
    return {
      spec: {
        secrets: secrets.map(({ secret, createdAt, fleetId }) => ({
          secret,
          created_at: createdAt.toISOString(),
          team_id: fleetId,
          fleet_id: fleetId,
        })),
      },
    };
  }),
];
