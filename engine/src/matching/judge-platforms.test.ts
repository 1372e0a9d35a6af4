import { describe, expect, test } from 'vitest';
import type { Platform } from '../advisories/advisory.ts';
import { judgePlatforms } from './judge-platforms.ts';

const platform = (key: string, fixed?: string): Platform => ({
  ...{ key, scheme: 'generic', ranges: fixed ? [{ fixed }] : [] },
});
const windows = platform('cpe:o:microsoft:windows');
const macos = platform('cpe:o:apple:macos');
const java = platform('cpe:a:oracle:jre');
const self = platform('cpe:a:docker:desktop');

describe('what an advisory says a software runs on', () => {
  test.each<[string, Platform[][], string]>([
    ['programs', [], 'holds'],
    ['programs', [[windows]], 'holds'],
    ['apps', [[windows]], 'fails'],
    ['apps', [[windows, macos]], 'holds'],
    ['apps', [[platform('cpe:o:apple:mac_os_x')]], 'holds'],
    ['apps', [[platform('cpe:o:apple:mac_os_x', '10.15')]], 'open'],
    ['programs', [[platform('cpe:o:microsoft:windows_10')]], 'open'],
    ['programs', [[platform('cpe:o:microsoft:windows_phone')]], 'fails'],
    ['programs', [[platform('cpe:o:google:android')]], 'fails'],
    ['programs', [[java]], 'open'],
    ['programs', [[java, windows]], 'holds'],
    ['programs', [[java], [windows]], 'open'],
    ['programs', [[java], [macos]], 'fails'],
    ['programs', [[platform('cpe:h:intel:core_i7')]], 'open'],
    ['programs', [[self]], 'holds'],
    ['chrome_extensions', [[platform('cpe:a:google:chrome')]], 'holds'],
    ['chrome_extensions', [[windows]], 'open'],
    ['vscode_extensions', [[platform('cpe:a:microsoft:visual_studio_code')]], 'holds'],
  ])('%s on %j %s', (source, groups, standing) => {
    expect(judgePlatforms({ source, ownKeys: new Set([self.key]) }, groups)).toBe(standing);
  });
});
