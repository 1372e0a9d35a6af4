import { describe, expect, test } from 'vitest';
import type { CpeVariant } from '../advisories/advisory.ts';
import { judgeVariant } from './judge-variant.ts';

const mac: CpeVariant = { targetSoftware: 'macos' };

describe('a variant', () => {
  test.each<[CpeVariant, CpeVariant, string]>([
    [mac, {}, 'holds'],
    [mac, { targetSoftware: 'mac_os_x' }, 'holds'],
    [mac, { targetSoftware: 'windows' }, 'fails'],
    [mac, { targetSoftware: '-' }, 'holds'],
    [mac, { targetSoftware: 'x64' }, 'open'],
    [mac, { softwareEdition: 'windows' }, 'fails'],
    [mac, { edition: 'macos' }, 'holds'],
    [{ targetSoftware: '*' }, { targetSoftware: 'firefox' }, 'holds'],
    [mac, { softwareEdition: 'enterprise' }, 'open'],
    [mac, { softwareEdition: '-' }, 'holds'],
    [{ softwareEdition: 'esr' }, { softwareEdition: 'esr' }, 'holds'],
    [{ softwareEdition: 'esr' }, { softwareEdition: '-' }, 'fails'],
    [{ softwareEdition: '*' }, { softwareEdition: 'lts' }, 'holds'],
    [mac, { language: 'de' }, 'open'],
    [mac, { update: '-' }, 'holds'],
    [mac, { update: 'beta1' }, 'fails'],
    [{ update: 'update181' }, { update: 'update_181' }, 'holds'],
    [mac, { targetSoftware: 'windows', softwareEdition: 'enterprise' }, 'fails'],
  ])('%j against %j %s', (known, wanted, standing) => {
    expect(judgeVariant(known, wanted)).toBe(standing);
  });
});
